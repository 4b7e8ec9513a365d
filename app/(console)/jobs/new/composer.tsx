'use client'

import { type ReactNode, useContext, useState } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { readFields } from '@/app/_server/forms/read'
import type { RecordChoices } from '@/app/_server/forms/records'
import type { FormType } from '@/app/_server/forms/submit'
import {
  FormFrame,
  FormMessage,
  Held,
  SubmitButton,
  UPLOADING,
  useFormState,
} from '@/app/form/action-form'
import { type Entries, keepDraft, useDraft } from '@/app/form/draft'
import formClasses from '@/app/form/form.module.css'
import { LiveInput, useLiveInput } from '@/app/form/generated/live-input'
import { Records } from '@/app/form/generated/placed'
import { SchemaFields } from '@/app/form/generated/schema-fields'
import { countOf } from '@/lib/format/count'
import { useInBrowser } from '../../_components/time/ticker'
import { PlainButton } from '../../_components/ui/button'
import ui from '../../_components/ui/ui.module.css'
import { ScheduleFields } from '../../schedules/schedule-fields'
import type { ScheduleStart } from '../../schedules/schedule-start'
import { compose } from './compose'
import { type End, Ends } from './ends'
import classes from './new.module.css'

type Props = {
  /** The job type; none for a schedule of the system. */
  form: FormType | undefined
  start: { input: unknown; tags?: readonly string[]; end?: End }
  records: RecordChoices
  /** Names what is kept of the form until it is sent: the form, and the person whose it is. */
  draft: string
  /** The schedule that is changed; without it a job is made, now, later or for each of a list, or a schedule. */
  schedule?: ScheduleStart
  /** The job this one is duplicated from. */
  originalId?: string | undefined
  /** What it will come to, beside the form. */
  preview?: ReactNode
  /** What will happen, in a sentence below the button. */
  will?: ReactNode
  /** The fields of a list of people, where the type can go to one. */
  list?: ReactNode
}

/** The form of any job type, from its definition: for a job now, later, for many, or on a schedule. */
export function Composer(props: Props) {
  const { form, start, records, schedule, preview, draft: name } = props
  const { found, drop, discard } = useDraft(name)
  const fields = form?.fields ?? []
  const values = found ? readFields(fields, formOf(found), 'input').input : start.input
  return (
    <FormFrame
      key={found ? 'draft' : 'new'}
      action={compose}
      start={found && stateOf(found)}
      onDone={drop}
      className={preview ? classes.columns : ui.narrow}
    >
      <Records value={records}>
        <LiveInput
          fields={fields}
          start={values}
          draft={found}
          onChange={(entries) => keepDraft(name, entries)}
        >
          <div className={ui.stack}>
            {found && (
              <p className={`${ui.line} ${ui.note}`} role="status">
                What you entered before is back.
                <PlainButton size="small" onClick={discard}>
                  Start over
                </PlainButton>
              </p>
            )}
            <FormMessage />
            <SendKey />
            {schedule?.id && <input type="hidden" name="id" value={schedule.id} />}
            {props.originalId && <input type="hidden" name="originalId" value={props.originalId} />}
            {form && <input type="hidden" name="type" value={form.type} />}
            <div className={formClasses.fields}>
              <SchemaFields fields={fields} values={values} prefix="input" />
            </div>
            {schedule ? (
              <ScheduleFields start={schedule} label={form?.label ?? ''} />
            ) : (
              form && (
                <Ends
                  verb={form.verb.replace(/ .*/, '')}
                  label={form.label}
                  start={start.end ?? 'now'}
                  tags={start.tags ?? []}
                  list={props.list}
                />
              )
            )}
            <div className={classes.submit}>
              <SubmitButton>
                {form && !schedule ? <Verb form={form} /> : 'Save schedule'}
              </SubmitButton>
              <div className={ui.dim}>
                <Will>{props.will ?? (form && <Tries form={form} />)}</Will>
              </div>
            </div>
          </div>
          {preview}
        </LiveInput>
      </Records>
    </FormFrame>
  )
}

function formOf(entries: Entries): FormData {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  return form
}

function stateOf(entries: Entries): FormState {
  return { status: 'failed', errors: {}, values: Object.fromEntries(entries) }
}

/** One for as long as the form is not sent: what was lost may have been the answer only. */
function SendKey() {
  const { values } = useFormState()
  const [own] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'))
  return useInBrowser() && <input type="hidden" name="sendKey" value={values.sendKey ?? own} />
}

function Verb({ form }: { form: FormType }) {
  const { posted, count } = useLiveInput()
  if (posted.when === 'schedule') return 'Create schedule'
  if (posted.when === 'list') {
    return `Send ${Number(posted.expected) > 0 ? countOf(Number(posted.expected), 'mail') : 'to the list'}`
  }
  const isMany = form.fields.some(({ each }) => each)
  const verb = isMany ? `Run ${countOf(Math.max(1, count), 'job')}` : form.verb
  const said = posted.when === 'later' ? verb.replace(/^\S+/, 'Schedule') : verb
  return posted[UPLOADING] ? `${said} when uploaded` : said
}

/** What will happen, unless something is waited for first. */
function Will({ children }: { children: ReactNode }) {
  const { isHeld, release } = useContext(Held)
  if (!isHeld) return children
  return (
    <span role="status" className={ui.line}>
      It is sent by itself once everything is uploaded.
      <PlainButton size="small" onClick={release}>
        Do not send yet
      </PlainButton>
    </span>
  )
}

function Tries({ form }: { form: FormType }) {
  const { when } = useLiveInput().posted
  if (when === 'schedule' || when === 'list') return null
  const start = when === 'later' ? 'from the chosen time' : 'at once'
  return `Tried up to ${countOf(form.attempts, 'time')}, ${start}.`
}
