import Link from 'next/link'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import type { QueueOverview } from '@/lib/metrics/overview'
import { Sparkline } from '../_charts/sparkline'
import classes from '../admin.module.css'
import { QueueState } from './queue-state'
import { ScrollTable } from './scroll-table'
import { perMinute, timeOf, waitingOf } from './words'

/** Every queue in a row; its name leads to its own page, a number of failures to the failed jobs. */
export function QueueTable({ queues, minutes }: { queues: QueueOverview[]; minutes: number }) {
  return (
    <ScrollTable label="Table of queues">
      <thead>
        <tr>
          <th>Queue</th>
          <th>State</th>
          <th className={classes.right}>Waiting</th>
          <th className={classes.right}>Active</th>
          <th className={classes.right}>Done/min</th>
          <th className={classes.right}>Failed</th>
          <th className={classes.right}>Run p50</th>
          <th className={classes.right}>p95</th>
          <th className={classes.right}>Oldest</th>
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
        <span className={classes.purpose}>{purpose}</span>
      </th>
      <td>
        <QueueState queue={queue} />
      </td>
      <td className={classes.right}>{waitingOf(now.waiting)}</td>
      <td className={classes.right}>{formatCount(now.active)}</td>
      <td className={classes.right}>{perMinute(totals.completed, minutes)}</td>
      <td className={classes.right}>
        {totals.failed > 0 ? (
          <Link href={`/jobs?queue=${name}&status=failed`} className={classes.failures}>
            {formatCount(totals.failed)}
          </Link>
        ) : (
          '0'
        )}
      </td>
      <td className={classes.right}>{timeOf(totals.run.p50)}</td>
      <td className={classes.right}>{timeOf(totals.run.p95)}</td>
      <td className={classes.right}>
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
