'use client'

import { useSettled } from '../live/use-live-job'
import { JobRow, type ListedJob } from './job-row'
import classes from './job-table.module.css'

type Props = { jobs: ListedJob[]; label: string; withOwner?: boolean }

/** Jobs as rows that change in place; on small screens as cards. */
export function JobTable({ jobs, label, withOwner = false }: Props) {
  useSettled(jobs)
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Status</th>
            <th scope="col">Progress</th>
            <th scope="col">Created</th>
            <th scope="col" className={classes.number}>
              Attempt, ran
            </th>
            {withOwner && <th scope="col">Owner</th>}
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} withOwner={withOwner} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
