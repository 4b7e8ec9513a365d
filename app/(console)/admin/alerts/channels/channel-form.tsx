'use client'

import { Checkbox, Textarea } from '@mantine/core'
import type { FormState } from '@/app/_server/forms/form-state'
import { ActionForm, useFormState } from '@/app/form/action-form'
import { PasswordField, TextField } from '@/app/form/fields'
import { LinkButton } from '../../../_components/ui/button'
import { NewSecret } from '../../../_components/ui/secret'

/** What the form begins with. */
type ChannelStart = {
  id?: string
  kind: 'MAIL' | 'WEBHOOK' | 'SLACK'
  name: string
  allAdmins: boolean
  recipients: readonly string[]
  url: string
}

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  submit: string
  start: ChannelStart
}

/** Makes or changes a channel; a new webhook's secret is shown in its place. */
export function ChannelForm({ action, submit, start }: Props) {
  return (
    <ActionForm
      action={action}
      submit={submit}
      done={({ secret = '', values }) => (
        <NewSecret secret={secret} title="The channel is added">
          <p>The receiver checks each message with it, as Standard Webhooks describes.</p>
          <LinkButton href={`/admin/alerts/channels/${values.id}`} kind="primary">
            Go to the channel
          </LinkButton>
        </NewSecret>
      )}
    >
      {start.id && <input type="hidden" name="id" value={start.id} />}
      <input type="hidden" name="kind" value={start.kind} />
      <TextField name="name" label="Name" autoComplete="off" defaultValue={start.name} />
      {start.kind === 'MAIL' && <Receivers start={start} />}
      {start.kind === 'WEBHOOK' && (
        <TextField
          name="url"
          label="URL"
          description="Gets alert.fired and alert.resolved as JSON."
          autoComplete="off"
          defaultValue={start.url}
        />
      )}
      {start.kind === 'SLACK' && (
        <PasswordField
          name="url"
          label="URL of the incoming webhook"
          description={
            start.id
              ? 'Empty: as it is. It is a secret, and is not shown again.'
              : 'A secret: whoever has it can post. It is kept encrypted and not shown again.'
          }
          autoComplete="off"
        />
      )}
    </ActionForm>
  )
}

function Receivers({ start }: { start: ChannelStart }) {
  const { errors, values } = useFormState()
  return (
    <>
      <Checkbox
        name="allAdmins"
        label="All admins"
        description="Everybody who is one when an alert fires."
        defaultChecked={start.allAdmins}
      />
      <Textarea
        name="recipients"
        label="Other addresses"
        description="One to a line."
        autosize
        minRows={2}
        maxRows={8}
        defaultValue={values.recipients ?? start.recipients.join('\n')}
        error={errors.recipients}
      />
    </>
  )
}
