import Link from 'next/link'
import type { JobRetention } from '@/app/_server/retention/overview'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount } from '@/lib/format/count'
import { statusWords } from '@/lib/jobs/status'
import { StatusChip } from '../../_components/job/status-chip'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import ui from '../../_components/ui/ui.module.css'
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
          <th className={list.number}>Kept</th>
          <th className={list.number}>Jobs to remove</th>
          <th className={list.number}>Files</th>
          <th className={list.number}>Their size</th>
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
                    <p className={ui.note}>
                      <Link
                        href={`/admin/retention/${encodeURIComponent(type)}`}
                        className={ui.link}
                        aria-label={`Change how long ${typeLabel(type)} jobs are kept`}
                        prefetch={false}
                      >
                        Change
                      </Link>
                    </p>
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
      <td className={list.number}>{daysWords(days)}</td>
      <td className={list.number}>{upTo(due.jobs)}</td>
      <td className={list.number}>
        {due.isEstimate && 'about '}
        {formatCount(due.files)}
      </td>
      <td className={list.number}>
        {due.isEstimate && 'about '}
        {due.files > 0 ? formatBytes(due.bytes) : '–'}
      </td>
    </>
  )
}
