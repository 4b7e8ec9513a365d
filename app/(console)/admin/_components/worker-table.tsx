import Link from 'next/link'
import type { ListedWorker } from '@/app/_server/queue/workers'
import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import list from '../../_components/list/list.module.css'
import { Table } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import { ActionButton } from '../../_components/ui/action-button'
import { ConfirmButton } from '../../_components/ui/confirm-button'
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
    <Table
      label="Table of workers"
      rows={workers}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Worker', cell: ({ host, pid }) => `${host}:${pid}` },
        { name: 'Version', cell: ({ version }) => version },
        {
          name: 'Queues',
          cell: ({ queues }) => (
            <span title={queues.join(', ')}>{countOf(queues.length, 'queue')}</span>
          ),
        },
        { name: 'Running', cell: (worker) => <Running worker={worker} /> },
        {
          name: 'Memory',
          look: 'number',
          cell: ({ memoryBytes }) => formatBytes(Number(memoryBytes)),
        },
        { name: 'Heartbeat', cell: ({ heartbeatAt }) => <Ago at={heartbeatAt.toISOString()} /> },
        {
          name: 'Actions',
          look: 'actions',
          cell: (worker) => <Drain worker={worker} others={takingJobs(workers, worker)} />,
        },
      ]}
    />
  )
}

function Running({ worker: { jobs, drainingAt } }: { worker: ListedWorker }) {
  if (jobs.length === 0) return drainingAt ? 'Drained' : 'Nothing'
  return (
    <span>
      {jobs.slice(0, NAMED).map((job) => (
        <Link key={job.id} href={`/jobs/${job.id}`} className={`${ui.link} ${list.cut}`}>
          {job.title}
        </Link>
      ))}
      {jobs.length > NAMED && `and ${jobs.length - NAMED} more`}
    </span>
  )
}

function takingJobs(workers: ListedWorker[], except: ListedWorker): number {
  return workers.filter((worker) => worker !== except && !worker.drainingAt).length
}

function Drain({ worker, others }: { worker: ListedWorker; others: number }) {
  const { id, host, pid, jobs, drainingAt } = worker
  if (drainingAt) {
    return (
      <ActionButton action={undrain} fields={{ id }} size="small">
        Take jobs again
      </ActionButton>
    )
  }
  const running = jobs.length > 0 ? `The ${countOf(jobs.length, 'job')} it runs now will end. ` : ''
  const left =
    others > 0
      ? `${countOf(others, 'other worker')} ${others === 1 ? 'goes' : 'go'} on.`
      : 'It is the last worker: nothing will run until it takes jobs again.'
  return (
    <ConfirmButton
      action={drain}
      fields={{ id }}
      size="small"
      title={`Drain ${host}:${pid}?`}
      consequence={`It takes no new jobs. ${running}${left}`}
      confirm="Drain worker"
      keep="Let it go on"
    >
      Drain
    </ConfirmButton>
  )
}
