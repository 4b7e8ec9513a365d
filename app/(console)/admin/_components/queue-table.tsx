import Link from 'next/link'
import type { QueueOverview } from '@/app/_server/metrics/overview'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import ui from '../../_components/ui/ui.module.css'
import { Sparkline } from '../_charts/sparkline'
import { QueueState } from './queue-state'
import { perMinute, timeOf, waitingOf } from './words'

/** Every queue in a row; its name leads to its own page, a number of failures to the failed jobs. */
export function QueueTable({ queues, minutes }: { queues: QueueOverview[]; minutes: number }) {
  return (
    <ScrollTable label="Table of queues">
      <thead>
        <tr>
          <th>Queue</th>
          <th>State</th>
          <th className={list.number}>Waiting</th>
          <th className={list.number}>Active</th>
          <th className={list.number}>Done/min</th>
          <th className={list.number}>Failed</th>
          <th className={list.number}>Run p50</th>
          <th className={list.number}>p95</th>
          <th className={list.number}>Oldest</th>
          <th>Throughput</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <QueueRow key={queue.name} queue={queue} minutes={minutes} />
        ))}
      </tbody>
    </ScrollTable>
  )
}

function QueueRow({ queue, minutes }: { queue: QueueOverview; minutes: number }) {
  const { name, purpose, now, totals, points } = queue
  return (
    <tr>
      <th scope="row">
        <Link href={`/admin/queue/${name}`}>{name}</Link>
        <span className={`${ui.note} ${list.cut}`}>{purpose}</span>
      </th>
      <td>
        <QueueState queue={queue} />
      </td>
      <td className={list.number}>{waitingOf(now.waiting)}</td>
      <td className={list.number}>{formatCount(now.active)}</td>
      <td className={list.number}>{perMinute(totals.completed, minutes)}</td>
      <td className={list.number}>
        {totals.failed > 0 ? (
          <Link href={`/jobs?queue=${name}&status=failed`} className={ui.tone} data-status="failed">
            {formatCount(totals.failed)}
          </Link>
        ) : (
          '0'
        )}
      </td>
      <td className={list.number}>{timeOf(totals.run.p50)}</td>
      <td className={list.number}>{timeOf(totals.run.p95)}</td>
      <td className={list.number}>
        {now.oldestSince ? formatDuration(Date.now() - now.oldestSince.getTime()) : '–'}
      </td>
      <td>
        <Sparkline
          values={points.map((point) => point.completed + point.failed + point.canceled)}
          label={`Throughput of ${name}`}
        />
      </td>
    </tr>
  )
}
