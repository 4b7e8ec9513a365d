import Link from 'next/link'
import type { ListedWorker } from '@/app/_server/queue/workers'
import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import { ActionButton } from '../../_components/ui/action-button'
import ui from '../../_components/ui/ui.module.css'
import { drain, undrain } from '../actions'

/** Running jobs named in a row. */
const NAMED = 3

/** The workers that live, and what each is doing. */
export function WorkerTable({ workers }: { workers: ListedWorker[] }) {
  if (workers.length === 0) {
    return (
      <p className={ui.nothing}>
        No worker is running: jobs are kept, and start once one is. <code>npm start</code> runs one.
      </p>
    )
  }
  return (
    <ScrollTable label="Table of workers">
      <thead>
        <tr>
          <th>Worker</th>
          <th>Version</th>
          <th>Queues</th>
          <th>Running</th>
          <th className={list.number}>Memory</th>
          <th>Heartbeat</th>
          <th>
            <span className={ui.unseen}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => (
          <WorkerRow key={worker.id} worker={worker} />
        ))}
      </tbody>
    </ScrollTable>
  )
}

function WorkerRow({ worker }: { worker: ListedWorker }) {
  const { id, host, pid, version, queues, jobs, memoryBytes, heartbeatAt, drainingAt } = worker
  return (
    <tr>
      <th scope="row">
        {host}:{pid}
      </th>
      <td>{version}</td>
      <td title={queues.join(', ')}>{countOf(queues.length, 'queue')}</td>
      <td>
        {jobs.length === 0 && (drainingAt ? 'Drained' : 'Nothing')}
        {jobs.slice(0, NAMED).map((job) => (
          <Link key={job.id} href={`/jobs/${job.id}`} className={`${ui.link} ${list.cut}`}>
            {job.title}
          </Link>
        ))}
        {jobs.length > NAMED && `and ${jobs.length - NAMED} more`}
      </td>
      <td className={list.number}>{formatBytes(Number(memoryBytes))}</td>
      <td>
        <Ago at={heartbeatAt.toISOString()} />
      </td>
      <td className={list.number}>
        {drainingAt ? (
          <ActionButton action={undrain} fields={{ id }} size="small">
            Take jobs again
          </ActionButton>
        ) : (
          <ActionButton
            action={drain}
            fields={{ id }}
            size="small"
            title="Takes no new jobs; what it runs ends"
          >
            Drain
          </ActionButton>
        )}
      </td>
    </tr>
  )
}
