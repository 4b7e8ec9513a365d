import type { JobRetention } from '@/app/_server/retention/overview'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount } from '@/lib/format/count'
import { statusWords } from '@/lib/jobs/status'
import { StatusChip } from '../../_components/job/status-chip'
import { Table } from '../../_components/list/table'
import { Change } from './record-table'
import { daysWords, typeLabel, upTo } from './words'

/** How long jobs are kept by type and status, and how many would go now. */
export function JobTable({ jobs }: { jobs: JobRetention[] }) {
  return (
    <Table
      label="Retention of jobs"
      rows={jobs}
      keyOf={({ type, status }) => `${type} ${status}`}
      columns={[
        {
          name: 'Job type',
          cell: ({ type }, index) => (
            <>
              {typeLabel(type)}
              {jobs[index - 1]?.type !== type && (
                <Change
                  href={`/admin/retention/${encodeURIComponent(type)}`}
                  what={`${typeLabel(type)} jobs`}
                />
              )}
            </>
          ),
        },
        {
          name: 'Ended as',
          cell: ({ status }) => <StatusChip status={statusWords[status].label.toLowerCase()} />,
        },
        { name: 'Kept', look: 'number', cell: ({ days }) => daysWords(days) },
        { name: 'Jobs to remove', look: 'number', cell: ({ due }) => upTo(due.jobs) },
        {
          name: 'Files',
          look: 'number',
          cell: ({ due }) => `${due.isEstimate ? 'about ' : ''}${formatCount(due.files)}`,
        },
        {
          name: 'Their size',
          look: 'number',
          cell: ({ due }) =>
            due.files > 0 ? `${due.isEstimate ? 'about ' : ''}${formatBytes(due.bytes)}` : '–',
        },
      ]}
    />
  )
}
