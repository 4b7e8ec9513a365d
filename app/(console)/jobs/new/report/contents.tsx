import newClasses from '../new.module.css'
import classes from './report.module.css'
import type { ReportValues } from './report-values'

const rows = { daily: 'day', weekly: 'week', monthly: 'month' } as const

const parts = [
  'Totals, success rate, waiting and run times',
  'The same by job type',
  'Failures, grouped by error',
  'The 20 slowest jobs',
] as const

/** What will be in the file. */
export function Contents({ values: { format, period } }: { values: ReportValues }) {
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
            <li>A row per {rows[period]}</li>
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
