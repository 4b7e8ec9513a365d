import Link from 'next/link'
import { COUNTED_UP_TO } from '@/app/_server/users/person'
import type { JobStatus } from '@/lib/db/generated/enums'
import { formatUpTo } from '@/lib/format/count'
import { statusWords } from '@/lib/jobs/status'
import { StatusIcon } from '../../../../_components/job/status-icon'
import ui from '../../../../_components/ui/ui.module.css'

type Props = { id: string; counts: Map<JobStatus, number> }

/** How many of somebody's jobs are in each status; each number leads to them. */
export function JobCounts({ id, counts }: Props) {
  return (
    <ul className={`${ui.line} ${ui.bar}`} aria-label="Their jobs by status">
      {[...counts].map(([status, count]) => (
        <li key={status}>
          <Link
            href={`/jobs?owner=${id}&status=${status.toLowerCase()}`}
            prefetch={false}
            title={statusWords[status].meaning}
            className={ui.quietLink}
          >
            <StatusIcon status={status} />
            <strong>{formatUpTo(count, COUNTED_UP_TO)}</strong>{' '}
            {statusWords[status].label.toLowerCase()}
          </Link>
        </li>
      ))}
      <li>
        <Link href={`/jobs?owner=${id}`} prefetch={false} className={ui.link}>
          Show in the list of jobs
        </Link>
      </li>
    </ul>
  )
}
