'use client'

import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/generated/live-input'
import ui from '../../../_components/ui/ui.module.css'
import classes from '../new.module.css'

const rows = new Map<unknown, string>([
  ['weekly', 'week'],
  ['monthly', 'month'],
])

const parts = [
  'Totals, success rate, waiting and run times',
  'The same by job type',
  'Failures, grouped by error',
  'The 20 slowest jobs',
] as const

/** What will be in the file. */
export function Contents() {
  const { input } = useLiveInput()
  const format = String(propertyOf(input, 'format'))
  const row = rows.get(propertyOf(input, 'period')) ?? 'day'
  return (
    <section className={classes.aside} aria-label="What the report holds">
      <p className={classes.asideTitle}>What the report holds</p>
      <div className={ui.card}>
        {format === 'csv' ? (
          <p>
            One row per job: what it was, when it was created, due, started and finished, how long
            it waited and ran, and how it ended. The figures of the other formats are sums over
            these rows.
          </p>
        ) : (
          <ul>
            {parts.map((part) => (
              <li key={part}>{part}</li>
            ))}
            <li>A row per {row}</li>
            <li>
              {format === 'pdf'
                ? 'Charts of outcomes, waiting and run times'
                : 'A sheet with every job'}
            </li>
          </ul>
        )}
      </div>
    </section>
  )
}
