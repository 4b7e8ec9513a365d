import type { QueueOverview } from '@/app/_server/metrics/overview'
import type { Period } from '@/app/_server/metrics/periods'
import type { Totals } from '@/app/_server/metrics/series'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { Facts, Figure } from '../../_components/list/facts'
import { minutesOf } from '../minutes'
import { perMinute, shareOf, timeOf } from './words'

type Props = { totals: Totals; period: Period; queues: QueueOverview[]; workers: number }

/** The installation in six numbers. */
export function Tiles({ totals, period, queues, workers }: Props) {
  const ended = totals.completed + totals.failed + totals.canceled
  const since = queues.flatMap(({ now }) => now.oldestSince?.getTime() ?? [])
  const oldest = since.length > 0 ? formatDuration(Date.now() - Math.min(...since)) : 'None'
  return (
    <Facts layout="strip">
      <Figure
        name="Jobs a minute"
        value={perMinute(ended, minutesOf(period))}
        note={`${formatCount(ended)} in all`}
      />
      <Figure
        name="Failure rate"
        value={shareOf(totals.failureRate)}
        note={`${formatCount(totals.failed)} failed`}
        alarm={totals.failed > 0}
      />
      <Figure
        name="Waiting, p95"
        value={timeOf(totals.wait.p95)}
        note={`p50 ${timeOf(totals.wait.p50)}`}
      />
      <Figure
        name="Running, p95"
        value={timeOf(totals.run.p95)}
        note={`p50 ${timeOf(totals.run.p50)}`}
      />
      <Figure name="Oldest waiting" value={oldest} note="now" />
      <Figure
        name="Workers"
        value={formatCount(workers)}
        note={workers === 0 ? 'Nothing runs' : 'alive'}
        alarm={workers === 0}
      />
    </Facts>
  )
}
