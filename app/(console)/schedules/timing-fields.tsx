'use client'

import { TextInput } from '@mantine/core'
import { useEffect, useId, useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { useInBrowser } from '../_components/time/ticker'
import { PlainButton } from '../_components/ui/button'
import { readPattern, type TimingReading } from './actions'
import { type Reading, ReadingPanel } from './reading'
import classes from './schedules.module.css'

/** Typing stops this long before the pattern is read, in milliseconds. */
const PAUSE_MS = 250

const suggestions = [
  { cron: '0 * * * *', label: 'Every hour' },
  { cron: '0 9 * * *', label: 'Every day at 09:00' },
  { cron: '0 9 * * 1-5', label: 'On workdays at 09:00' },
  { cron: '0 9 * * 1', label: 'On Mondays at 09:00' },
  { cron: '0 0 1 * *', label: 'On the first of the month' },
]

type Props = {
  cron: string
  /** Empty: the browser's. */
  timezone: string
  /** What the server made of both already. */
  reading: Reading | undefined
}

/** When a schedule runs; says in words what is being typed. */
export function TimingFields({ cron: startCron, timezone: startZone, reading: first }: Props) {
  const { errors, values } = useFormState()
  const zones = useZones()
  const [cron, setCron] = useState(values.cron ?? startCron)
  const [typedZone, setZone] = useState(values.timezone ?? startZone)
  const timezone = typedZone || zones.own
  const reading = useReading(cron, timezone, first)
  const problem = (path: string) =>
    reading?.issues?.find((issue) => issue.path === path)?.message ?? errors[path]
  const list = useId()
  return (
    <div className={classes.timing}>
      <div className={classes.pattern}>
        <TextInput
          name="cron"
          label="Runs at"
          description="Cron: minute, hour, day of month, month, day of week; seconds may come first."
          value={cron}
          error={problem('cron')}
          onChange={(event) => setCron(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.mono }}
        />
        <div className={classes.suggestions}>
          {suggestions.map((suggestion) => (
            <PlainButton
              key={suggestion.cron}
              size="small"
              aria-pressed={cron === suggestion.cron}
              onClick={() => setCron(suggestion.cron)}
            >
              {suggestion.label}
            </PlainButton>
          ))}
        </div>
        <TextInput
          name="timezone"
          label="Time zone"
          value={timezone}
          error={problem('timezone')}
          onChange={(event) => setZone(event.currentTarget.value)}
          list={list}
          spellCheck={false}
          autoComplete="off"
          maw={280}
        />
        <datalist id={list}>
          {zones.all.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      <section className={classes.reading} aria-live="polite" aria-label="What this means">
        {reading && !reading.issues ? (
          <ReadingPanel {...reading} />
        ) : (
          <p className={classes.dim}>What this means in words, and the next five runs.</p>
        )}
      </section>
    </div>
  )
}

/** The time zones the browser knows; UTC alone until it is asked. */
function useZones(): { own: string; all: readonly string[] } {
  const inBrowser = useInBrowser()
  if (!inBrowser) return { own: 'UTC', all: [] }
  return {
    own: Intl.DateTimeFormat().resolvedOptions().timeZone,
    all: ['UTC', ...Intl.supportedValuesOf('timeZone')],
  }
}

/** What the server makes of the pattern; the answer before until it says. */
function useReading(cron: string, timezone: string, first: Reading | undefined) {
  const [reading, setReading] = useState<TimingReading | undefined>(
    first && { ...first, next: [...first.next] },
  )

  useEffect(() => {
    if (cron.trim() === '') return setReading(undefined)
    let isCurrent = true
    const timer = setTimeout(async () => {
      const answer = await readPattern({ cron, timezone }).catch(() => undefined)
      if (isCurrent) setReading(answer)
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [cron, timezone])

  return reading
}
