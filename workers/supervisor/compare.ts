import { readInOrder } from '@/lib/db/read-in-order'
import { hasStatus } from '@/lib/jobs/status'
import { countRepairs, type RepairKind } from '@/lib/metrics/repairs'
import { byQueue } from '@/lib/queue/by-queue'
import { addEntries, promoteEntries, removeLeftovers } from '@/lib/queue/entries'
import { handOver } from '@/lib/queue/hand-over'
import { entryStates } from '@/lib/queue/inspect'
import { readEntries } from './outstanding'
import type { Page } from './sweep'

/** The lease of whoever compares records with queues. */
export const COMPARISON = 'comparison'

/** Records read at once. */
const PAGE = 5_000

/** Of jobs that could run now, or do. */
export const DUE_STATUSES = ['QUEUED', 'RETRYING', 'ACTIVE'] as const

export type OpenStatus = (typeof DUE_STATUSES)[number] | 'SCHEDULED'

/**
 * Open jobs of a status, by id. `handedOver`: the queue should have them. `overdue`: their time has
 * come a while ago; an entry that still waits for it was put off by a worker whose clock is wrong,
 * because BullMQ reckons with the clock of whoever asks, the records with one.
 */
const page = (status: OpenStatus) => `
SELECT id, queue, priority,
  NOT EXISTS (SELECT 1 FROM "PendingDispatch" WHERE "jobId" = job.id) AS "handedOver",
  status IN ('QUEUED', 'RETRYING') AND ("runAt" > "createdAt" OR attempt > 0)
    AND COALESCE("nextAttemptAt", "runAt") < now() - interval '5 seconds' AS overdue
FROM "Job" job WHERE ${hasStatus(status)} AND id > $1::uuid ORDER BY id LIMIT ${PAGE}
`

type OpenJob = {
  id: string
  queue: string
  priority: number
  handedOver: boolean
  overdue: boolean
}

const START = '00000000-0000-0000-0000-000000000000'

/**
 * Compares a page of open jobs with their queues: what the queue should have and does not is handed
 * over again, what is due and put off there may run.
 * @param from null to begin; else the `next` of the page before
 * @param isMeant which of the jobs to compare; default: all
 */
export async function comparePage(
  status: OpenStatus,
  from: string | null,
  kind: RepairKind,
  isMeant: (job: OpenJob) => boolean = () => true,
): Promise<Page> {
  const rows = await readInOrder<OpenJob>(page(status), [from ?? START])
  const meant = rows.filter((job) => job.handedOver && isMeant(job))
  let repaired = 0
  for (const [queue, jobs] of byQueue(meant)) repaired += await compare(queue, jobs)
  await countRepairs(kind, repaired)
  return { repaired, next: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null }
}

/** @returns how many were handed over again */
async function compare(queue: string, jobs: OpenJob[]): Promise<number> {
  const states = await entryStates(
    queue,
    jobs.map(({ id }) => id),
  )
  const idsIn = (...wanted: (string | undefined)[]) =>
    jobs.filter(({ id }) => wanted.includes(states.get(id))).map(({ id }) => id)
  const putOff = jobs.filter(({ id, overdue }) => overdue && states.get(id) === 'delayed')
  // Not counted as repairs: where all workers are busy, BullMQ promotes late as well.
  await promoteEntries(
    queue,
    putOff.map(({ id }) => id),
  )
  await removeLeftovers(queue, idsIn('leftover'))
  return handOverAgain(idsIn('leftover', 'absent'))
}

/** Reads the records once more: what ended or was taken back meanwhile is not handed over. */
async function handOverAgain(ids: string[]): Promise<number> {
  if (ids.length === 0) return 0
  const { taken, failure } = await handOver(await readEntries(ids), addEntries)
  if (failure) throw failure
  return taken.length
}
