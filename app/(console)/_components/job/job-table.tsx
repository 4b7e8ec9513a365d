'use client'

import list from '../list/list.module.css'
import { StackingTable } from '../list/table'
import { useSettled } from '../live/use-live-job'
import ui from '../ui/ui.module.css'
import { JobRow, type ListedJob } from './job-row'

type Props = {
  jobs: ListedJob[]
  label: string
  withOwner?: boolean
  /** With boxes of the form `SELECTION`. */
  selectable?: boolean
}

/** Jobs as rows that change in place; on small screens as cards. */
export function JobTable({ jobs, label, withOwner = false, selectable = false }: Props) {
  useSettled(jobs)
  return (
    <StackingTable label={label}>
      <thead>
        <tr>
          {selectable && (
            <th scope="col" style={{ width: 36 }}>
              <span className={ui.unseen}>Select</span>
            </th>
          )}
          <th scope="col">Job</th>
          <th scope="col" style={{ width: 132 }}>
            Status
          </th>
          <th scope="col" style={{ width: 164 }}>
            Progress
          </th>
          <th scope="col" style={{ width: 116 }}>
            Created
          </th>
          <th scope="col" style={{ width: 124 }} className={list.number}>
            Attempt, ran
          </th>
          {withOwner && (
            <th scope="col" style={{ width: 136 }}>
              Owner
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} withOwner={withOwner} selectable={selectable} />
        ))}
      </tbody>
    </StackingTable>
  )
}
