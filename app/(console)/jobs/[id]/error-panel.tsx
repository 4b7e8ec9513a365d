import { IconAlertCircle } from '@tabler/icons-react'
import Link from 'next/link'
import { ALIKE_UP_TO } from '@/app/_server/jobs/errors'
import { countOf, formatCount } from '@/lib/format/count'
import type { JobView } from '@/lib/jobs/view'
import { Notice } from '../../_components/ui/notice'
import ui from '../../_components/ui/ui.module.css'
import { jobsHref } from '../jobs-href'
import { adviceFor } from './advice'

type Props = {
  job: JobView
  error: NonNullable<JobView['error']>
  /** Other jobs that failed like this one, with the group they are. */
  alike: { count: number; group: string } | undefined
}

/** Why the job failed, and what to do next. */
export function ErrorPanel({ job, error, alike }: Props) {
  return (
    <Notice label="Why it failed" status="failed" icon={<IconAlertCircle size={20} aria-hidden />}>
      <p>
        <strong>{error.message}</strong>
      </p>
      <p>{adviceFor(job, error.code)}</p>
      {error.code && (
        <p className={ui.tone}>
          Code <code className={ui.mono}>{error.code}</code>
        </p>
      )}
      {alike && (
        <p>
          <Link href={jobsHref({ error: alike.group })} className={ui.link}>
            {alikeWords(alike.count)}
          </Link>
        </p>
      )}
    </Notice>
  )
}

function alikeWords(count: number): string {
  const many = count > ALIKE_UP_TO
  const jobs = many
    ? `More than ${formatCount(ALIKE_UP_TO)} other jobs`
    : countOf(count, 'other job')
  return `${jobs} failed like this`
}
