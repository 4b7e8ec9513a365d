import { formatDuration, millisecondsBetween } from '@/lib/format/duration'
import type { JobView } from '@/lib/jobs/view'
import { Fact, Facts } from '../../_components/list/facts'
import { Moment } from '../../_components/time/moment'
import { RunningTime } from '../../_components/time/running-time'

/** The clocks of database and server differ a little: what is due this soon was meant for now. */
const SOON_MS = 1_000

/** The job's times and numbers. */
export function JobFacts({ job }: { job: JobView }) {
  const { createdAt, runAt, waitingSince, startedAt, finishedAt, attempt, maxAttempts } = job
  const isPlanned = millisecondsBetween(createdAt, runAt) > SOON_MS
  const due = isPlanned ? runAt : createdAt
  return (
    <Facts layout="card">
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
        <Fact name={attempt > 1 ? 'Last attempt ran' : 'Ran'}>
          <RunningTime from={startedAt} to={finishedAt} />
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
