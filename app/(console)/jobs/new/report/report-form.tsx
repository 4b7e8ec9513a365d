'use client'

import { Button, NativeSelect } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useState, useTransition } from 'react'
import { keepDraft } from '../../../schedules/draft'
import { issueLookup } from '../issue-lookup'
import { JobForm } from '../job-form'
import classes from '../new.module.css'
import { noOptions, type OptionValues, toJobOptions, verbOf } from '../options'
import { OptionsFields } from '../options-fields'
import type { Problem } from '../submission'
import { makeReport } from './actions'
import { Contents } from './contents'
import { RangeFields } from './range-fields'
import { inputOf, type ReportValues, repeatedInputOf } from './report-values'
import { whatWillHappen, whatWillRepeat } from './what-will-happen'

type Props = {
  start: ReportValues
  /** False: the browser's time zone is taken. */
  isZoneKnown: boolean
  timezones: string[]
  mayReportOnEveryone: boolean
  options: OptionValues | undefined
  /** The job this one is duplicated from. */
  originalId: string | undefined
  /** ISO 8601; what `today` is counted from. */
  now: string
}

const formats = [
  { value: 'pdf', label: 'PDF, to read and to send' },
  { value: 'xlsx', label: 'XLSX, for Excel and its like' },
  { value: 'csv', label: 'CSV, a row per job' },
] as const

const whose = [
  { value: 'own', label: 'Mine' },
  { value: 'everyone', label: 'Everyone’s' },
] as const

/** Asks what a report is to cover, and says what it will be. */
export function ReportForm({ start, isZoneKnown, timezones, originalId, ...props }: Props) {
  const router = useRouter()
  const [values, setValues] = useState(start)
  const [options, setOptions] = useState(props.options ?? noOptions)
  const [problem, setProblem] = useState<Problem>()
  const [pending, startTransition] = useTransition()
  const now = new Date(props.now)
  const issueOf = issueLookup(problem?.issues ?? [])
  const set = (change: Partial<ReportValues>) => setValues({ ...values, ...change })

  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    if (!isZoneKnown && timezones.includes(timeZone)) {
      setValues((before) => ({ ...before, timezone: timeZone }))
    }
  }, [isZoneKnown, timezones])

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (options.when === 'schedule') {
      return router.push(keepDraft({ type: 'report', input: repeatedInputOf(values) }))
    }
    startTransition(async () => {
      setProblem(await makeReport(inputOf(values, now), toJobOptions(options, originalId)))
    })
  }

  return (
    <div className={classes.columns}>
      <JobForm problem={problem} onSubmit={onSubmit}>
        <NativeSelect
          label="Format"
          value={values.format}
          data={formats}
          error={issueOf('input.format')}
          onChange={({ currentTarget }) => {
            const chosen = formats.find(({ value }) => value === currentTarget.value)
            if (chosen) set({ format: chosen.value })
          }}
        />
        <RangeFields values={values} now={now} errors={issueOf} onChange={set} />
        <NativeSelect
          label="Time zone"
          description="In which days begin and end"
          value={values.timezone}
          data={timezones}
          error={issueOf('input.timezone')}
          onChange={({ currentTarget }) => set({ timezone: currentTarget.value })}
        />
        {props.mayReportOnEveryone && (
          <NativeSelect
            label="Whose jobs"
            value={values.everyone ? 'everyone' : 'own'}
            data={whose}
            error={issueOf('input.everyone')}
            onChange={({ currentTarget }) => set({ everyone: currentTarget.value === 'everyone' })}
          />
        )}
        <OptionsFields values={options} errors={issueOf} onChange={setOptions} />
        <div className={classes.submit}>
          <Button type="submit" loading={pending}>
            {verbOf(options, 'Make report', 'Schedule report')}
          </Button>
          <p className={classes.will} suppressHydrationWarning>
            {options.when === 'schedule' && values.preset !== 'dates'
              ? whatWillRepeat(values)
              : (whatWillHappen(values, now) ?? 'The last day has to follow the first.')}
          </p>
        </div>
      </JobForm>
      <Contents values={values} />
    </div>
  )
}
