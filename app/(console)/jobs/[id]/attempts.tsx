import type { AttemptView } from '@/lib/jobs/view'
import { Cell, List, Row } from '../../_components/list/list'
import { Moment } from '../../_components/time/moment'
import { RunningTime } from '../../_components/time/running-time'
import ui from '../../_components/ui/ui.module.css'
import { outcomeWords, reasonWords } from './attempt-words'

/** Every execution of the job, the latest first. */
export function Attempts({ attempts }: { attempts: AttemptView[] }) {
  if (attempts.length === 0) return <p className={ui.nothing}>No attempt has started yet.</p>
  return (
    <List label="Attempts, latest first">
      {attempts.toReversed().map((attempt) => {
        const { label, status } = outcomeWords(attempt)
        const { number, startedAt, finishedAt, error } = attempt
        return (
          <Row
            key={number}
            title={<strong>Attempt {number}</strong>}
            note={
              <>
                <p className={ui.note}>
                  {reasonWords(attempt)} · <Moment at={startedAt} precise />
                </p>
                {error && (
                  <p>
                    {error.message} {error.code && <code className={ui.mono}>{error.code}</code>}
                  </p>
                )}
              </>
            }
          >
            <Cell end width="auto">
              <span className={ui.tone} data-status={status}>
                {label}
              </span>
              <RunningTime from={startedAt} to={finishedAt} />
            </Cell>
          </Row>
        )
      })}
    </List>
  )
}
