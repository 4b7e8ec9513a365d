import { IconPlayerPlay } from '@tabler/icons-react'
import Link from 'next/link'
import type { RetentionRuns } from '@/app/_server/retention/run'
import type { Job } from '@/lib/db/generated/client'
import { isTerminal } from '@/lib/jobs/status'
import { StatusChip } from '../../_components/job/status-chip'
import { Ago } from '../../_components/time/ago'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import ui from '../../_components/ui/ui.module.css'
import { runNow } from './actions'
import { removedWords } from './words'

/** When retention runs, what its last run did, and the way to run it now. */
export function Runs({ runs }: { runs: RetentionRuns | undefined }) {
  if (!runs) {
    return (
      <p className={ui.card}>
        Retention has no schedule yet: it gets one when a worker starts for the first time.
      </p>
    )
  }
  const { schedule, last } = runs
  return (
    <section className={`${ui.card} ${ui.line} ${ui.apart}`} aria-label="Runs">
      <div>
        <h2 className={ui.note}>Last run</h2>
        {last ? <LastRun job={last} /> : <p>It has not run yet.</p>}
      </div>
      <div>
        <h2 className={ui.note}>Next run</h2>
        <p>
          {schedule.nextFireAt ? <Ago at={schedule.nextFireAt.toISOString()} /> : 'None: paused'}
        </p>
        <Link href={`/schedules/${schedule.id}`} className={ui.link} prefetch={false}>
          Change when it runs
        </Link>
      </div>
      <div>
        <ConfirmButton
          action={runNow}
          icon={<IconPlayerPlay size={16} aria-hidden />}
          title="Run retention now?"
          consequence="It removes for good what the tables below say is to be removed, in small steps that hold up nothing else. You can cancel it while it runs."
          confirm="Run retention"
          keep="Not now"
        >
          Run now
        </ConfirmButton>
      </div>
    </section>
  )
}

function LastRun({ job }: { job: Job }) {
  const { id, status, result, finishedAt, createdAt } = job
  return (
    <>
      <p>
        <StatusChip status={status.toLowerCase()} />{' '}
        <Ago at={(finishedAt ?? createdAt).toISOString()} />
      </p>
      <p>
        {status === 'COMPLETED' && `${removedWords(result)} `}
        {!isTerminal(status) && 'It is under way. '}
        <Link href={`/jobs/${id}`} className={ui.link} prefetch={false}>
          Open its job
        </Link>
      </p>
    </>
  )
}
