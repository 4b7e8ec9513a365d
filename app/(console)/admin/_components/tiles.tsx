import Link from 'next/link'
import type { QueueOverview } from '@/app/_server/metrics/overview'
import { minutesOf, type Period } from '@/app/_server/metrics/periods'
import type { Totals } from '@/app/_server/metrics/series'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { Facts, Figure } from '../../_components/list/facts'
import ui from '../../_components/ui/ui.module.css'
import { failedHref } from './hrefs'
import { perMinute, shareOf, timeOf } from './words'

type Props = {
  totals: Totals
  period: Period
  since: Date
  queues: QueueOverview[]
  workers: number
}

/** The installation in six numbers. */
export function Tiles({ totals, period, since, queues, workers }: Props) {
  const ended = totals.completed + totals.failed + totals.canceled
  const starts = queues.flatMap(({ now }) => now.oldestSince?.getTime() ?? [])
  const oldest = starts.length > 0 ? formatDuration(Date.now() - Math.min(...starts)) : 'None'
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
        note={
          totals.failed > 0 ? (
            <Link href={failedHref(undefined, since)} className={ui.link} prefetch={false}>
              {formatCount(totals.failed)} failed
            </Link>
          ) : (
            'none failed'
          )
        }
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
