'use client'

import type { FormState } from '@/app/_server/forms/form-state'
import { ActionForm } from '@/app/form/action-form'
import { AllOrSome } from '@/app/form/all-or-some'
import { ChoiceField, TextField } from '@/app/form/fields'
import ui from '../../../_components/ui/ui.module.css'

/** What the form begins with, and what its kind asks for. */
type RuleStart = {
  id?: string
  kind: string
  unit: string
  name: string
  /** `all`, `queue:email` or `type:email`; undefined for kinds that know no queues. */
  target: string | undefined
  fireAt: number
  resolveAt: number
  /** Undefined for kinds that do not look back. */
  windowMinutes: number | undefined
  quietMinutes: number
  /** Null: every channel. */
  channelIds: readonly string[] | null
}

type Choice = { value: string; label: string }

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  submit: string
  start: RuleStart
  targets: Choice[]
  channels: Choice[]
}

/** Makes or changes a rule. */
export function RuleForm({ action, submit, start, targets, channels }: Props) {
  return (
    <ActionForm action={action} submit={submit}>
      {start.id && <input type="hidden" name="id" value={start.id} />}
      <input type="hidden" name="kind" value={start.kind} />
      <TextField name="name" label="Name" autoComplete="off" defaultValue={start.name} />
      {start.target !== undefined && (
        <ChoiceField name="target" label="Watches" data={targets} start={start.target} />
      )}
      <div className={ui.pair}>
        <TextField
          name="fireAt"
          label={`Fires at (${start.unit})`}
          description="This much or more."
          autoComplete="off"
          defaultValue={`${start.fireAt}`}
        />
        <TextField
          name="resolveAt"
          label={`Is over at (${start.unit})`}
          description="This much or less."
          autoComplete="off"
          defaultValue={`${start.resolveAt}`}
        />
      </div>
      {start.windowMinutes !== undefined && (
        <TextField
          name="windowMinutes"
          label="Looks back (minutes)"
          autoComplete="off"
          defaultValue={`${start.windowMinutes}`}
        />
      )}
      <TextField
        name="quietMinutes"
        label="Quiet time (minutes)"
        description="What comes back sooner than this after it was told is written down, but told only if it lasts."
        autoComplete="off"
        defaultValue={`${start.quietMinutes}`}
      />
      <AllOrSome
        name="tells"
        itemName="channels"
        label="Tells"
        all="Every channel, also later ones"
        choices={channels}
        start={start.channelIds}
      >
        {channels.length === 0 && 'There is no channel yet.'}
      </AllOrSome>
    </ActionForm>
  )
}
