'use client'

import { useSettled } from '../live/use-live-job'
import { JobRow, type ListedJob } from './job-row'
import classes from './job-table.module.css'

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
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {selectable && (
              <th scope="col" className={classes.choose}>
                <span className={classes.unseen}>Select</span>
              </th>
            )}
            <th scope="col">Job</th>
            <th scope="col" data-column="status">
              Status
            </th>
            <th scope="col" data-column="progress">
              Progress
            </th>
            <th scope="col" data-column="created">
              Created
            </th>
            <th scope="col" data-column="ran" className={classes.number}>
              Attempt, ran
            </th>
            {withOwner && (
              <th scope="col" data-column="owner">
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
      </table>
    </div>
  )
}
