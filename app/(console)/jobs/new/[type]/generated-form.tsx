'use client'

import { Button } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, startTransition, useActionState, useEffect, useRef, useState } from 'react'
import { type RecordChoices, SchemaFields } from '@/app/form/schema-fields'
import type { Field } from '@/lib/forms/field'
import { readFields } from '@/lib/forms/read'
import { keepDraft } from '../../../schedules/draft'
import { issueLookup } from '../issue-lookup'
import classes from '../new.module.css'
import { noOptions, type OptionValues, toJobOptions, verbOf } from '../options'
import { OptionsFields } from '../options-fields'
import { run } from './actions'

type Props = {
  type: string
  fields: Field[]
  values: unknown
  records: RecordChoices
  options: OptionValues | undefined
  /** The job this one is duplicated from. */
  originalId: string | undefined
}

/** A form made from a job type's definition; works without scripts too. */
export function GeneratedForm({ type, fields, values, records, ...props }: Props) {
  const { options: start, originalId } = props
  const [{ problem, typed }, act, pending] = useActionState(run, {})
  const router = useRouter()
  const [options, setOptions] = useState(start ?? noOptions)
  const form = useRef<HTMLFormElement>(null)
  const issues = problem?.issues ?? []
  const above = issues.filter(({ path }) => path === 'input')

  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])

  // React empties a form after its action; dispatching by hand leaves what was typed.
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    if (options.when === 'schedule') {
      const { input } = readFields(fields, data, 'input')
      return router.push(keepDraft({ type, input }))
    }
    startTransition(() => act(data))
  }

  return (
    <form
      ref={form}
      action={act}
      onSubmit={onSubmit}
      className={`${classes.form} ${classes.single}`}
      noValidate
    >
      {problem && (issues.length === 0 || above.length > 0) && (
        <p className={classes.problem} role="alert">
          {above[0]?.message ?? problem.message}
        </p>
      )}
      <input type="hidden" name="type" value={type} />
      <input
        type="hidden"
        name="options"
        value={JSON.stringify(toJobOptions(options, originalId))}
      />
      <SchemaFields
        fields={fields}
        values={values}
        issues={issues}
        typed={typed}
        records={records}
        prefix="input"
      />
      <OptionsFields values={options} errors={issueLookup(issues)} onChange={setOptions} />
      <div className={classes.submit}>
        <Button type="submit" loading={pending}>
          {verbOf(options, 'Run job', 'Schedule job')}
        </Button>
      </div>
    </form>
  )
}
