import Link from 'next/link'
import { RECENT_UP_TO, type StatusCounts } from '@/app/_server/jobs/count-now'
import { formatUpTo } from '@/lib/format/count'
import { statusOf, statusWords } from '@/lib/jobs/status'
import { StatusIcon } from './_components/job/status-icon'
import ui from './_components/ui/ui.module.css'
import classes from './overview.module.css'

const shown = ['active', 'queued', 'retrying', 'scheduled', 'completed', 'failed', 'canceled']

/** How many jobs are in each status; each number leads to them. */
export function Counts({ counts }: { counts: StatusCounts }) {
  return (
    <ul className={classes.counts} aria-label="Your jobs of the last 24 hours by status">
      {shown.map((name) => {
        const status = statusOf(name)
        if (!status) return null
        const { label, meaning } = statusWords[status]
        return (
          <li key={name}>
            <Link
              href={`/jobs?status=${name}&period=24h`}
              prefetch={false}
              title={meaning}
              className={classes.count}
              data-status={counts[status] > 0 ? name : undefined}
            >
              <span className={classes.number}>{formatUpTo(counts[status], RECENT_UP_TO)}</span>
              <span className={ui.tone}>
                <StatusIcon status={status} /> {label}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
