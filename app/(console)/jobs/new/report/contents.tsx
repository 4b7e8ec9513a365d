'use client'

import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/live-input'
import newClasses from '../new.module.css'
import classes from './report.module.css'

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
    <section className={newClasses.aside} aria-label="What the report holds">
      <p className={newClasses.asideTitle}>What the report holds</p>
      <div className={classes.paper}>
        <div className={classes.picture} data-format={format} aria-hidden>
          {[38, 62, 50, 84, 70, 46, 92, 66, 58, 76].map((height) => (
            <i key={height} style={{ height: `${height}%` }} />
          ))}
        </div>
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
