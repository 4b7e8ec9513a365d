import Link from 'next/link'
import { asPerson, COUNTED_UP_TO, countJobsOf } from '@/app/_server/users/person'
import type { JobStatus } from '@/lib/db/generated/enums'
import { formatCount } from '@/lib/format/count'
import { listJobs } from '@/lib/jobs/lists/list'
import { statusWords } from '@/lib/jobs/status'
import { jobSummary } from '@/lib/jobs/view'
import { JobTable } from '../../../../_components/job/job-table'
import { StatusIcon } from '../../../../_components/job/status-icon'
import { Pager } from '../../../../_components/list/pager'
import ui from '../../../../_components/ui/ui.module.css'
import type { RecordsProps } from './records'

/** Somebody's jobs, with how many are in each status. */
export async function JobRecords({ admin, id, page, place }: RecordsProps) {
  const [{ data, nextCursor }, counts] = await Promise.all([
    listJobs(asPerson(admin, id), {}, page),
    countJobsOf(admin, id),
  ])
  if (data.length === 0) return <p className={ui.nothing}>No jobs.</p>
  return (
    <>
      <ul className={`${ui.line} ${ui.bar}`} aria-label="Their jobs by status">
        {[...counts].map(([status, count]) => (
          <li key={status}>
            <StatusCount id={id} status={status} count={count} />
          </li>
        ))}
        <li>
          <Link href={`/jobs?owner=${id}`} prefetch={false} className={ui.link}>
            Show in the list of jobs
          </Link>
        </li>
      </ul>
      <JobTable jobs={data.map(jobSummary)} label="Their jobs, newest first" />
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}

function StatusCount({ id, status, count }: { id: string; status: JobStatus; count: number }) {
  const { label, meaning } = statusWords[status]
  const number = formatCount(Math.min(count, COUNTED_UP_TO))
  return (
    <Link
      href={`/jobs?owner=${id}&status=${status.toLowerCase()}`}
      prefetch={false}
      title={meaning}
      className={ui.quietLink}
    >
      <StatusIcon status={status} />
      <strong>{count > COUNTED_UP_TO ? `${number}+` : number}</strong> {label.toLowerCase()}
    </Link>
  )
}
