import type { ScheduleView } from '@/lib/schedules/view'
import { ReadingPanel } from '../reading'
import classes from '../schedules.module.css'

const missed: Record<string, string> = {
  skip: 'is skipped',
  run_once: 'runs once, as soon as possible',
}
const overlap: Record<string, string> = {
  allow: 'the next runs beside it',
  skip: 'the next is skipped',
}

/** When a schedule runs, by which rules, and what its jobs are given. */
export function Facts({ schedule }: { schedule: ScheduleView }) {
  const { description, nextRuns, enabled, disabledReason, cron, timezone, input } = schedule
  const { missedPolicy, overlapPolicy } = schedule
  return (
    <div className={classes.aside}>
      <section className={classes.card}>
        <h2>Next runs</h2>
        <ReadingPanel words={description} next={nextRuns} />
        {nextRuns.length === 0 && (
          <p className={classes.dim}>
            {enabled ? 'It never runs again.' : 'None while it is paused.'}
          </p>
        )}
        {disabledReason && <p className={classes.dim}>{disabledReason}</p>}
      </section>
      <dl className={`${classes.card} ${classes.facts}`}>
        <dt>Pattern</dt>
        <dd>
          <code>{cron}</code>
        </dd>
        <dt>Time zone</dt>
        <dd>{timezone}</dd>
        <dt>A missed run</dt>
        <dd>{missed[missedPolicy] ?? missedPolicy}</dd>
        <dt>While one goes on</dt>
        <dd>{overlap[overlapPolicy] ?? overlapPolicy}</dd>
      </dl>
      <section className={classes.card}>
        <h2>Input</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <pre className={classes.input} tabIndex={0}>
          {JSON.stringify(input, null, 2)}
        </pre>
      </section>
    </div>
  )
}
