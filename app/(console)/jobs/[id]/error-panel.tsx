import { IconAlertCircle } from '@tabler/icons-react'
import type { JobView } from '@/lib/jobs/view'
import { adviceFor } from './advice'
import classes from './job.module.css'

type Props = { job: JobView; error: NonNullable<JobView['error']> }

/** Why the job failed, and what to do next. */
export function ErrorPanel({ job, error }: Props) {
  return (
    <section className={classes.error} aria-label="Why it failed">
      <IconAlertCircle size={20} aria-hidden />
      <div>
        <p className={classes.sentence}>{error.message}</p>
        <p>{adviceFor(job, error.code)}</p>
        {error.code && (
          <p className={classes.errorCode}>
            Code <code>{error.code}</code>
          </p>
        )}
      </div>
    </section>
  )
}
