import { IconAlertCircle } from '@tabler/icons-react'
import Link from 'next/link'
import { countOf, formatCount } from '@/lib/format/count'
import { ALIKE_UP_TO } from '@/lib/jobs/errors'
import type { JobView } from '@/lib/jobs/view'
import page from '../../_components/ui/page.module.css'
import { jobsHref } from '../jobs-href'
import { adviceFor } from './advice'
import classes from './job.module.css'

type Props = {
  job: JobView
  error: NonNullable<JobView['error']>
  /** Other jobs that failed like this one, with the group they are. */
  alike: { count: number; group: string } | undefined
}

/** Why the job failed, and what to do next. */
export function ErrorPanel({ job, error, alike }: Props) {
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
        {alike && (
          <p>
            <Link href={jobsHref({ error: alike.group })} className={page.link}>
              {alikeWords(alike.count)}
            </Link>
          </p>
        )}
      </div>
    </section>
  )
}

function alikeWords(count: number): string {
  const many = count > ALIKE_UP_TO
  const jobs = many
    ? `More than ${formatCount(ALIKE_UP_TO)} other jobs`
    : countOf(count, 'other job')
  return `${jobs} failed like this`
}
