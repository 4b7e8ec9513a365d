import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import type { QueueOverview } from '@/lib/metrics/overview'
import type { Period } from '@/lib/metrics/periods'
import type { Totals } from '@/lib/metrics/series'
import classes from '../admin.module.css'
import { minutesOf } from '../minutes'
import { perMinute, shareOf, timeOf } from './words'

type Props = { totals: Totals; period: Period; queues: QueueOverview[]; workers: number }

/** The installation in six numbers. */
export function Tiles({ totals, period, queues, workers }: Props) {
  const ended = totals.completed + totals.failed + totals.canceled
  const since = queues.flatMap(({ now }) => now.oldestSince?.getTime() ?? [])
  const oldest = since.length > 0 ? formatDuration(Date.now() - Math.min(...since)) : 'None'
  const tiles = [
    {
      label: 'Jobs a minute',
      value: perMinute(ended, minutesOf(period)),
      note: `${formatCount(ended)} in all`,
    },
    {
      label: 'Failure rate',
      value: shareOf(totals.failureRate),
      note: `${formatCount(totals.failed)} failed`,
      alarm: totals.failed > 0,
    },
    {
      label: 'Waiting, p95',
      value: timeOf(totals.wait.p95),
      note: `p50 ${timeOf(totals.wait.p50)}`,
    },
    { label: 'Running, p95', value: timeOf(totals.run.p95), note: `p50 ${timeOf(totals.run.p50)}` },
    { label: 'Oldest waiting', value: oldest, note: 'now' },
    {
      label: 'Workers',
      value: formatCount(workers),
      note: workers === 0 ? 'Nothing runs' : 'alive',
      alarm: workers === 0,
    },
  ]
  return (
    <dl className={classes.tiles}>
      {tiles.map(({ label, value, note, alarm }) => (
        <div key={label} className={classes.tile} data-alarm={alarm || undefined}>
          <dt>{label}</dt>
          <dd className={classes.number}>{value}</dd>
          <dd className={classes.note}>{note}</dd>
        </div>
      ))}
    </dl>
  )
}
