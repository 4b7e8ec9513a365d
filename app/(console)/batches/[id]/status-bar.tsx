import { formatCount } from '@/lib/format/count'
import { statusOf, statusWords } from '@/lib/jobs/status'
import { StatusIcon } from '../../_components/job/status-icon'
import ui from '../../_components/ui/ui.module.css'
import classes from './batch.module.css'

/** From what is done to what is to come. */
const order = [
  'completed',
  'failed',
  'canceled',
  'active',
  'retrying',
  'queued',
  'scheduled',
] as const

type Props = { counts: Record<string, number>; present: number; open: number }

/** How far a batch is: one bar, a colour and a number for each status. */
export function StatusBar({ counts, present, open }: Props) {
  const ended = present - open
  const percent = present === 0 ? 100 : Math.floor((ended / present) * 100)
  const shown = order.flatMap((name) => {
    const status = statusOf(name)
    const count = counts[name] ?? 0
    return status && count > 0 ? [{ name, status, count, label: statusWords[status].label }] : []
  })
  return (
    <section className={ui.card} aria-label="Progress">
      <p className={ui.strong} role="status">
        {open === 0
          ? `All ${formatCount(present)} ended`
          : `${formatCount(ended)} of ${formatCount(present)} ended · ${percent} %`}
      </p>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label="Jobs ended"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        {shown.map(({ name, count }) => (
          <span key={name} data-status={name} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className={ui.line}>
        {shown.map(({ name, status, count, label }) => (
          <li key={name} data-status={name}>
            <span className={ui.tone}>
              <StatusIcon status={status} />
            </span>{' '}
            <strong>{formatCount(count)}</strong> {label.toLowerCase()}
          </li>
        ))}
      </ul>
    </section>
  )
}
