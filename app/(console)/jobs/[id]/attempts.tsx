import type { AttemptView } from '@/lib/jobs/view'
import { Moment } from '../../_components/time/moment'
import { RunningTime } from '../../_components/time/running-time'
import { outcomeWords, reasonWords } from './attempt-words'
import classes from './job.module.css'

/** Every execution of the job, the latest first. */
export function Attempts({ attempts }: { attempts: AttemptView[] }) {
  if (attempts.length === 0) return <p className={classes.nothing}>No attempt has started yet.</p>
  return (
    <ol className={classes.attempts}>
      {attempts.toReversed().map((attempt) => {
        const { label, status } = outcomeWords(attempt)
        return (
          <li key={attempt.number}>
            <div className={classes.attemptHead}>
              <strong>Attempt {attempt.number}</strong>
              <span className={classes.outcome} data-status={status}>
                {label}
              </span>
              <span className={classes.dim}>
                <RunningTime from={attempt.startedAt} to={attempt.finishedAt} />
              </span>
            </div>
            <div className={classes.dim}>
              {reasonWords(attempt)} · <Moment at={attempt.startedAt} precise />
            </div>
            {attempt.error && (
              <p className={classes.attemptError}>
                {attempt.error.message} {attempt.error.code && <code>{attempt.error.code}</code>}
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}
