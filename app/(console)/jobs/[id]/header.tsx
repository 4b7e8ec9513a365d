import { IconTag } from '@tabler/icons-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { findDefinition } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import type { ListedJob } from '../../_components/job/job-row'
import { TypeIcon } from '../../_components/job/type-icon'
import { CopyButton } from '../../_components/ui/copy-button'
import { PageHeader } from '../../_components/ui/page-header'
import ui from '../../_components/ui/ui.module.css'
import { jobsHref } from '../jobs-href'
import classes from './job.module.css'
import { LiveStatus } from './live'

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
    <PageHeader
      title={job.title}
      back={{ href: '/jobs', label: 'Jobs' }}
      status={<LiveStatus jobs={[summary]} />}
      byline={
        <>
          <Link href={jobsHref({ type: job.type })} className={ui.quietLink}>
            <TypeIcon type={job.type} />
            {findDefinition(job.type)?.label ?? job.type}
          </Link>
          <span>
            <code className={ui.mono} title={job.id}>
              {shortId(job.id)}
            </code>
            <CopyButton text={job.id} label="Copy the job’s id" />
          </span>
          {owner && <span>by {owner}</span>}
          {schedule && (
            <Related
              words="from schedule"
              href={`/schedules/${schedule.id}`}
              name={schedule.name}
            />
          )}
          {job.originalId && (
            <Related words="made from" href={`/jobs/${job.originalId}`} name="an earlier job" />
          )}
          {job.batchId && (
            <Related words="part of" href={`/batches/${job.batchId}`} name="a batch" />
          )}
          {copies.map(({ id, title }) => (
            <Related key={id} words="duplicated as" href={`/jobs/${id}`} name={title} />
          ))}
          {job.tags.map((tag) => (
            <Link key={tag} href={jobsHref({ tag })} className={`${ui.quietLink} ${classes.tag}`}>
              <IconTag size={13} aria-hidden />
              {tag}
            </Link>
          ))}
        </>
      }
    >
      {children}
    </PageHeader>
  )
}

type RelatedProps = { words: string; href: string; name: string }

/** Another record, and what the job has to do with it. */
function Related({ words, href, name }: RelatedProps) {
  return (
    <span>
      {words}{' '}
      <Link href={href} className={ui.link}>
        {name}
      </Link>
    </span>
  )
}

/** Jobs made together share the beginning of their ids. */
function shortId(id: string): string {
  return `${id.slice(0, 4)}…${id.slice(-6)}`
}
