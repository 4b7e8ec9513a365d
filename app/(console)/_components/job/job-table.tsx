'use client'

import list from '../list/list.module.css'
import { StackingTable } from '../list/table'
import { useSettled } from '../live/use-live-job'
import classes from './job.module.css'
import { JobRow, type ListedJob, SELECTION } from './job-row'

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
            <th scope="col" className={classes.choose}>
              <label>
                <input
                  type="checkbox"
                  name="page"
                  form={SELECTION}
                  aria-label="Select page"
                  onChange={({ currentTarget }) => choosePage(currentTarget)}
                />
              </label>
            </th>
          )}
          <th scope="col">Job</th>
          <th scope="col" style={{ width: 150 }}>
            Status
          </th>
          <th scope="col" style={{ width: 110 }}>
            Started
          </th>
          <th scope="col" style={{ width: 100 }} className={list.number}>
            Took
          </th>
          {withOwner && (
            <th scope="col" style={{ width: 120 }}>
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

function choosePage({ form, checked }: HTMLInputElement): void {
  for (const box of form?.elements ?? []) {
    if (box instanceof HTMLInputElement && box.name === 'job') box.checked = checked
  }
}
