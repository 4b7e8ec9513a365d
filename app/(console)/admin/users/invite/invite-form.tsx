'use client'

import { Radio, RadioGroup, Stack } from '@mantine/core'
import { ActionForm } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import { LinkButton } from '../../../_components/ui/button'
import { NewSecret } from '../../../_components/ui/secret'
import { invite } from '../actions'

/** Asks whom to invite, then shows the link in the form's place. */
export function InviteForm() {
  return (
    <ActionForm
      action={invite}
      submit="Invite"
      done={({ secret = '', message }) => <Invited link={secret} mailed={message === 'mailed'} />}
    >
      <TextField name="email" type="email" label="Email" autoComplete="off" autoFocus />
      <RadioGroup name="role" label="Joins as" defaultValue="user">
        <Stack gap="xs" mt="xs">
          <Radio
            value="user"
            label="User"
            description="Sees and changes their own jobs and files."
          />
          <Radio
            value="admin"
            label="Admin"
            description="Sees and changes everything, and manages users."
          />
        </Stack>
      </RadioGroup>
    </ActionForm>
  )
}

/** The link: the only time anyone sees it. */
function Invited({ link, mailed }: { link: string; mailed: boolean }) {
  return (
    <NewSecret
      title={mailed ? 'The invitation is on its way' : 'The invitation is ready'}
      lead={`${mailed ? 'This is the link in the mail.' : 'Hand this link over.'} It works once, for seven days, and cannot be shown again.`}
      label="Copy the link"
      secret={link}
    >
      <LinkButton href="/admin/users" kind="primary">
        Back to users
      </LinkButton>
    </NewSecret>
  )
}
