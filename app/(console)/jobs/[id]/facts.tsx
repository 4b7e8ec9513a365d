import { countOf } from '@/lib/format/count'
import { formatDuration, millisecondsBetween } from '@/lib/format/duration'
import type { AttemptView, JobView } from '@/lib/jobs/view'
import { Fact, Facts } from '../../_components/list/facts'
import { Moment } from '../../_components/time/moment'
import { RunningTime } from '../../_components/time/running-time'

/** The clocks of database and server differ a little: what is due this soon was meant for now. */
const SOON_MS = 1_000

type Props = { job: JobView; attempts: readonly AttemptView[] }

/** The job's times and numbers. */
export function JobFacts({ job, attempts }: Props) {
  const { createdAt, runAt, waitingSince, startedAt, finishedAt, attempt, maxAttempts } = job
  const isPlanned = millisecondsBetween(createdAt, runAt) > SOON_MS
  const due = isPlanned ? runAt : createdAt
  return (
    <Facts layout="line">
      <Fact name="Created">
        <Moment at={createdAt} precise />
      </Fact>
      {isPlanned && (
        <Fact name="Planned for">
          <Moment at={runAt} />
        </Fact>
      )}
      {waitingSince && (
        <Fact name="Waiting for">
          <RunningTime from={waitingSince} to={null} />
        </Fact>
      )}
      {attempt === 1 && startedAt && (
        <Fact name="Waited">{formatDuration(millisecondsBetween(due, startedAt))}</Fact>
      )}
      {startedAt && job.status !== 'retrying' && (
        <Fact name={attempt > 1 && !finishedAt ? 'This attempt runs for' : 'Ran'}>
          {attempt > 1 && finishedAt ? (
            `${formatDuration(ranFor(attempts))} in ${countOf(attempts.length, 'attempt')}`
          ) : (
            <RunningTime from={startedAt} to={finishedAt} />
          )}
        </Fact>
      )}
      {finishedAt && (
        <Fact name="Ended">
          <Moment at={finishedAt} precise />
        </Fact>
      )}
      <Fact name="Attempt">
        {attempt === 0 ? `none of ${maxAttempts} yet` : `${attempt} of ${maxAttempts}`}
      </Fact>
      <Fact name="Priority">{job.priority}</Fact>
      <Fact name="Queue">{job.queue}</Fact>
    </Facts>
  )
}

function ranFor(attempts: readonly AttemptView[]): number {
  return attempts.reduce(
    (sum, { startedAt, finishedAt }) =>
      sum + millisecondsBetween(startedAt, finishedAt ?? startedAt),
    0,
  )
}
