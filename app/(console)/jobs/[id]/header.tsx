import { IconTag } from '@tabler/icons-react'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { findDefinition } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import type { ListedJob } from '../../_components/job/job-row'
import { TypeIcon } from '../../_components/job/type-icon'
import { CopyButton } from '../../_components/ui/copy-button'
import page from '../../_components/ui/page.module.css'
import { jobsHref } from '../jobs-href'
import classes from './job.module.css'
import { LiveStatus } from './live-status'

/** A job that was made from this one. */
type Copy = { id: string; title: string }

type Props = {
  job: JobView
  summary: ListedJob
  /** Whose job it is, where that is not plain. */
  owner: string | undefined
  /** The schedule that made it, while that is there. */
  schedule: { id: string; name: string } | undefined
  /** Newest first; how many there are may be more. */
  copies: readonly Copy[]
  /** Buttons. */
  children: ReactNode
}

/** What the job is, and how it stands. */
export function Header({ job, summary, owner, schedule, copies, children }: Props) {
  return (
    <header className={page.header}>
      <div className={page.heading}>
        <Link href="/jobs" className={page.back}>
          ‹ Jobs
        </Link>
        <div className={classes.titleLine}>
          <h1 className={page.title}>{job.title}</h1>
          <LiveStatus job={summary} />
        </div>
        <div className={classes.byline}>
          <Link href={jobsHref({ type: job.type })} className={classes.type}>
            <TypeIcon type={job.type} />
            {findDefinition(job.type)?.label ?? job.type}
          </Link>
          <span className={classes.id}>
            <code title={job.id}>{shortId(job.id)}</code>
            <CopyButton text={job.id} label="Copy the job’s id" />
          </span>
          {owner && <span>by {owner}</span>}
          {schedule && (
            <span>
              from schedule{' '}
              <Link href={`/schedules/${schedule.id}`} className={page.link}>
                {schedule.name}
              </Link>
            </span>
          )}
          {job.originalId && (
            <span>
              made from{' '}
              <Link href={`/jobs/${job.originalId}`} className={page.link}>
                an earlier job
              </Link>
            </span>
          )}
          {job.batchId && (
            <span>
              part of{' '}
              <Link href={`/batches/${job.batchId}`} className={page.link}>
                a batch
              </Link>
            </span>
          )}
          {copies.length > 0 && (
            <span>
              duplicated as{' '}
              {copies.map(({ id, title }, index) => (
                <Fragment key={id}>
                  {index > 0 && ', '}
                  <Link href={`/jobs/${id}`} className={page.link}>
                    {title}
                  </Link>
                </Fragment>
              ))}
            </span>
          )}
          {job.tags.map((tag) => (
            <Link key={tag} href={jobsHref({ tag })} className={classes.tag}>
              <IconTag size={13} aria-hidden />
              {tag}
            </Link>
          ))}
        </div>
      </div>
      <div className={page.actions}>{children}</div>
    </header>
  )
}

/** Jobs made together share the beginning of their ids. */
function shortId(id: string): string {
  return `${id.slice(0, 4)}…${id.slice(-6)}`
}
