import type { ScheduleView } from '@/app/_server/schedules/view'
import { Fact, Facts } from '../../_components/list/facts'
import { CodeBlock } from '../../_components/ui/code-block'
import ui from '../../_components/ui/ui.module.css'
import { ReadingPanel } from '../reading'

const missed: Record<string, string> = {
  skip: 'is skipped',
  run_once: 'runs once, as soon as possible',
}
const overlap: Record<string, string> = {
  allow: 'the next runs beside it',
  skip: 'the next is skipped',
}

/** When a schedule runs, by which rules, and what its jobs are given. */
export function ScheduleFacts({ schedule }: { schedule: ScheduleView }) {
  const { description, nextRuns, enabled, disabledReason, cron, timezone, input } = schedule
  const { missedPolicy, overlapPolicy } = schedule
  return (
    <aside>
      <section className={ui.card}>
        <h2>Next runs</h2>
        <ReadingPanel words={description} next={nextRuns} />
        {nextRuns.length === 0 && (
          <p className={ui.note}>{enabled ? 'It never runs again.' : 'None while it is paused.'}</p>
        )}
        {disabledReason && <p className={ui.note}>{disabledReason}</p>}
      </section>
      <Facts layout="card">
        <Fact name="Pattern">
          <code>{cron}</code>
        </Fact>
        <Fact name="Time zone">{timezone}</Fact>
        <Fact name="A missed run">{missed[missedPolicy] ?? missedPolicy}</Fact>
        <Fact name="While one goes on">{overlap[overlapPolicy] ?? overlapPolicy}</Fact>
        <Fact name="Input">
          <CodeBlock text={JSON.stringify(input, null, 2)} />
        </Fact>
      </Facts>
    </aside>
  )
}
