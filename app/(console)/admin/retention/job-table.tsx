import Link from 'next/link'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount } from '@/lib/format/count'
import { statusWords } from '@/lib/jobs/status'
import type { JobRetention } from '@/lib/retention/overview'
import { StatusChip } from '../../_components/job/status-chip'
import { ScrollTable } from '../_components/scroll-table'
import admin from '../admin.module.css'
import classes from './retention.module.css'
import { daysWords, typeLabel, upTo } from './words'

/** How long jobs are kept by type and status, and how many would go now. */
export function JobTable({ jobs }: { jobs: JobRetention[] }) {
  const types = [...new Set(jobs.map(({ type }) => type))]
  return (
    <ScrollTable label="Retention of jobs">
      <thead>
        <tr>
          <th>Job type</th>
          <th>Ended as</th>
          <th className={admin.right}>Kept</th>
          <th className={admin.right}>Jobs to remove</th>
          <th className={admin.right}>Files</th>
          <th className={admin.right}>Their size</th>
        </tr>
      </thead>
      {types.map((type) => (
        <tbody key={type} className={classes.group}>
          {jobs
            .filter((row) => row.type === type)
            .map((row, place, rows) => (
              <tr key={row.status}>
                {place === 0 && (
                  <th scope="rowgroup" rowSpan={rows.length}>
                    {typeLabel(type)}
                    <Link
                      href={`/admin/retention/${encodeURIComponent(type)}`}
                      className={classes.change}
                      aria-label={`Change how long ${typeLabel(type)} jobs are kept`}
                      prefetch={false}
                    >
                      Change
                    </Link>
                  </th>
                )}
                <Line row={row} />
              </tr>
            ))}
        </tbody>
      ))}
    </ScrollTable>
  )
}

function Line({ row: { status, days, due } }: { row: JobRetention }) {
  return (
    <>
      <td>
        <StatusChip status={statusWords[status].label.toLowerCase()} />
      </td>
      <td className={admin.right}>{daysWords(days)}</td>
      <td className={admin.right}>{upTo(due.jobs)}</td>
      <td className={admin.right}>
        {due.isEstimate && 'about '}
        {formatCount(due.files)}
      </td>
      <td className={admin.right}>
        {due.isEstimate && 'about '}
        {due.files > 0 ? formatBytes(due.bytes) : '–'}
      </td>
    </>
  )
}
