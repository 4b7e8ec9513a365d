'use client'

import { NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { RecordChoices } from '@/app/_server/forms/records'
import type { FormType } from '@/app/_server/forms/submit'
import {
  FormContext,
  FormFrame,
  FormMessage,
  initialState,
  SubmitButton,
  useFormState,
} from '@/app/form/action-form'
import { LiveInput, useLiveInput } from '@/app/form/live-input'
import { Records } from '@/app/form/placed'
import { SchemaFields } from '@/app/form/schema-fields'
import fieldClasses from '@/app/form/schema-fields.module.css'
import { countOf } from '@/lib/format/count'
import { ScheduleFields } from '../../schedules/schedule-fields'
import type { ScheduleStart } from '../../schedules/schedule-start'
import { compose } from './compose'
import classes from './new.module.css'
import { WhenFields } from './when-fields'

type Props = {
  /** The job type, or several to choose from; none for a schedule of the system. */
  types: FormType[]
  start: { type: string; input: unknown; tags?: readonly string[] }
  records: RecordChoices
  /** The schedule that is made or changed; without it a job is made, now or later, or a schedule. */
  schedule?: ScheduleStart
  /** The job this one is duplicated from. */
  originalId?: string | undefined
  /** What it will come to, beside the form. */
  preview?: ReactNode
  /** What will happen, in a sentence below the button. */
  will?: ReactNode
}

/** The form of any job type, from its definition: for a job now, later, or on a schedule. */
export function Composer({ types, start, records, schedule, preview, ...props }: Props) {
  const [type, setType] = useState(start.type)
  const [kept, setKept] = useState<Record<string, unknown>>({ [start.type]: start.input })
  const form = types.find((candidate) => candidate.type === type)
  const fields = form?.fields ?? []
  const values = kept[type] ?? form?.start
  const given = (
    <OfType type={type}>
      <SchemaFields key={type} fields={fields} values={values} prefix="input" />
    </OfType>
  )
  return (
    <FormFrame action={compose} className={preview ? classes.columns : classes.single}>
      <Records value={records}>
        <LiveInput fields={fields} start={values}>
          <div className={classes.form}>
            <FormMessage />
            {schedule?.id && <input type="hidden" name="id" value={schedule.id} />}
            {props.originalId && <input type="hidden" name="originalId" value={props.originalId} />}
            {types.length > 1 && (
              <TypeField
                types={types}
                type={type}
                onChange={(chosen, input) => {
                  setKept({ ...kept, [type]: input })
                  setType(chosen)
                }}
              />
            )}
            {types.length === 1 && <input type="hidden" name="type" value={type} />}
            {schedule && form && (
              <fieldset className={fieldClasses.group}>
                <legend>What each job is given</legend>
                {given}
              </fieldset>
            )}
            {!schedule && <div className={fieldClasses.fields}>{given}</div>}
            {schedule ? (
              <ScheduleFields start={schedule} />
            ) : (
              <WhenFields tags={start.tags ?? []} />
            )}
            <div className={classes.submit}>
              <SubmitButton>
                <Verb form={form} isSaved={schedule?.id !== undefined} />
              </SubmitButton>
              <p className={classes.will}>{props.will ?? <Tries form={form} />}</p>
            </div>
          </div>
          {preview}
        </LiveInput>
      </Records>
    </FormFrame>
  )
}

/** What was wrong with the fields of one type is nothing to the same names of another. */
function OfType({ type, children }: { type: string; children: ReactNode }) {
  const state = useFormState()
  return (
    <FormContext value={state.values.type === type ? state : initialState}>{children}</FormContext>
  )
}

type TypeProps = {
  types: FormType[]
  type: string
  onChange(type: string, input: unknown): void
}

function TypeField({ types, type, onChange }: TypeProps) {
  const { input } = useLiveInput()
  return (
    <NativeSelect
      name="type"
      label="Job type"
      data={types.map(({ type: value, label }) => ({ value, label }))}
      value={type}
      onChange={(event) => onChange(event.currentTarget.value, input)}
      error={useFormState().errors.type}
      maw={360}
    />
  )
}

function Verb({ form, isSaved }: { form: FormType | undefined; isSaved: boolean }) {
  const { posted, count } = useLiveInput()
  if (!form || isSaved) return 'Save schedule'
  if (posted.when === 'schedule') return 'Create schedule'
  const isMany = form.fields.some(({ each }) => each)
  const verb = isMany ? `Run ${countOf(Math.max(1, count), 'job')}` : form.verb
  return posted.when === 'later' ? verb.replace(/^\S+/, 'Schedule') : verb
}

function Tries({ form }: { form: FormType | undefined }) {
  const { when } = useLiveInput().posted
  if (!form || when === 'schedule') return null
  const start = when === 'later' ? 'from the chosen time' : 'at once'
  return `Tried up to ${countOf(form.attempts, 'time')}, ${start}.`
}
