import Link from 'next/link'
import type { QueueOverview } from '@/app/_server/metrics/overview'
import { minutesOf, type Period } from '@/app/_server/metrics/periods'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { Sparkline } from '../../_components/charts/sparkline'
import { hrefOf } from '../../_components/list/href'
import { Table, Two } from '../../_components/list/table'
import ui from '../../_components/ui/ui.module.css'
import { jobsHref } from '../../jobs/jobs-href'
import { failedHref } from './hrefs'
import { QueueState } from './queue-state'
import { perMinute, timeOf, waitingOf } from './words'

type Props = { queues: QueueOverview[]; period: Period; since: Date }

/** Every queue in a row; each name and number leads to what it speaks of. */
export function QueueTable({ queues, period, since }: Props) {
  return (
    <Table
      label="Table of queues"
      rows={queues}
      keyOf={({ name }) => name}
      columns={[
        {
          name: 'Queue',
          cell: ({ name, purpose }) => (
            <Two note={purpose}>
              <Link href={hrefOf(`/admin/queue/${name}`, { period })}>{name}</Link>
            </Two>
          ),
        },
        { name: 'State', cell: (queue) => <QueueState queue={queue} since={since} /> },
        {
          name: 'Waiting',
          look: 'number',
          cell: ({ name, now }) => (
            <Linked
              count={now.waiting}
              text={waitingOf(now.waiting)}
              href={jobsHref({ queue: name, status: 'queued' })}
            />
          ),
        },
        {
          name: 'Active',
          look: 'number',
          cell: ({ name, now }) => (
            <Linked count={now.active} href={jobsHref({ queue: name, status: 'active' })} />
          ),
        },
        {
          name: 'Done/min',
          look: 'number',
          cell: ({ totals }) => perMinute(totals.completed, minutesOf(period)),
        },
        {
          name: 'Failed',
          look: 'number',
          cell: ({ name, totals }) => (
            <Linked count={totals.failed} href={failedHref(name, since)} status="failed" />
          ),
        },
        { name: 'Run p50', look: 'number', cell: ({ totals }) => timeOf(totals.run.p50) },
        { name: 'p95', look: 'number', cell: ({ totals }) => timeOf(totals.run.p95) },
        {
          name: 'Oldest',
          look: 'number',
          cell: ({ now }) =>
            now.oldestSince ? formatDuration(Date.now() - now.oldestSince.getTime()) : '–',
        },
        {
          name: 'Throughput',
          cell: ({ name, points }) => <Sparkline points={points} label={`Throughput of ${name}`} />,
        },
      ]}
    />
  )
}

type LinkedProps = { count: number; text?: string; href: string; status?: string }

/** A number that leads to what it counts. */
function Linked({ count, text = formatCount(count), href, status }: LinkedProps) {
  if (count === 0) return '0'
  return (
    <Link href={href} prefetch={false} className={status ? ui.tone : ui.link} data-status={status}>
      {text}
    </Link>
  )
}
