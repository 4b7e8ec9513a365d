import { IconBan, IconX } from '@tabler/icons-react'
import Link from 'next/link'
import type { FireOutcome } from '@/lib/db/generated/enums'
import type { ListedFire } from '@/lib/schedules/history'
import status from '../../_components/job/status.module.css'
import { StatusChip } from '../../_components/job/status-chip'
import { Moment } from '../../_components/time/moment'
import page from '../../_components/ui/page.module.css'
import classes from '../schedules.module.css'

const ICON = { size: 14, stroke: 2.2, 'aria-hidden': true } as const

/** What became of a schedule's times, latest first. */
export function History({ fires }: { fires: ListedFire[] }) {
  return (
    <ol className={classes.history} aria-label="Runs, latest first">
      {fires.map((fire) => (
        <li key={fire.fireAt.getTime()}>
          <Moment at={fire.fireAt.toISOString()} />
          <div>
            <What fire={fire} />
            {fire.detail && <p className={classes.dim}>{fire.detail}</p>}
          </div>
          <Outcome fire={fire} />
        </li>
      ))}
    </ol>
  )
}

const words: Record<FireOutcome, string> = {
  CREATED: 'Its job is no longer kept.',
  SKIPPED_OVERLAP: 'An earlier run went on',
  SKIPPED_MISSED: 'Missed',
  REFUSED: 'The job could not be made',
}

function What({ fire: { job, outcome } }: { fire: ListedFire }) {
  if (!job) return <span>{words[outcome]}</span>
  return (
    <Link href={`/jobs/${job.id}`} className={page.link} prefetch={false}>
      {job.title}
    </Link>
  )
}

function Outcome({ fire: { job, outcome } }: { fire: ListedFire }) {
  if (outcome === 'CREATED')
    return job ? <StatusChip status={job.status.toLowerCase()} /> : <span />
  const isRefused = outcome === 'REFUSED'
  return (
    <span className={status.chip} data-status={isRefused ? 'failed' : 'canceled'}>
      {isRefused ? <IconX {...ICON} /> : <IconBan {...ICON} />}
      {isRefused ? 'Refused' : 'Skipped'}
    </span>
  )
}
