import { setTimeout as wait } from 'node:timers/promises'
import type { Prisma } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { countOf } from '@/lib/format/count'
import { permanentError } from '@/lib/jobs/job-error'
import { REHEARSED } from '@/lib/jobs/types/bulk-action'
import { readError } from '@/lib/jobs/view'
import type { JobContext } from '@/workers/runtime/handler'
import { type BulkState, bulkSlice } from './run'
import type { BulkJob } from './scope'

const LOOK_EVERY_MS = 500

type Rehearsed = {
  id: string
  /** Null when the job is gone. */
  title: string | null
  status: JobStatus | null
  /** Of its last attempt since then that failed. */
  failure: Prisma.JsonValue | null
}

/**
 * Changes the first few jobs and waits until all of them have completed. What it waits for is recorded,
 * so that another attempt goes on waiting for the same ones.
 * @returns the state after them
 * @throws {JobError} `rehearsal_failed` as soon as one fails an attempt, or ends otherwise
 */
export async function rehearse(
  context: JobContext<BulkJob['input']>,
  begun: BulkState,
): Promise<BulkState> {
  let state = begun
  // Few enough are their own rehearsal.
  if (state.rehearsal === 'PASSED' || (!state.rehearsal && state.total <= REHEARSED)) return state
  while (state.rehearsed.length === 0) {
    const next = await bulkSlice(context, state, REHEARSED)
    if (!next) return state
    state = next
  }
  for (;;) {
    context.signal.throwIfAborted()
    const jobs = await lookAt(context.jobId)
    const failed = jobs.find(hasFailed)
    if (failed) return stop(context.jobId, state, failed)
    const completed = jobs.filter(({ status }) => status === 'COMPLETED').length
    context.progress(0, `Rehearsal: ${completed} of the first ${jobs.length} completed`)
    if (completed === jobs.length) break
    await wait(LOOK_EVERY_MS, undefined, { signal: context.signal })
  }
  await mark(context.jobId, 'PASSED')
  context.log(`The first ${countOf(state.rehearsed.length, 'job')} completed; the others follow`)
  return { ...state, rehearsal: 'PASSED' }
}

function lookAt(jobId: string): Promise<Rehearsed[]> {
  return prisma().$queryRaw<Rehearsed[]>`
    SELECT one.id, job.title, job.status, COALESCE(failed.error,
      CASE WHEN job.status = 'FAILED' THEN job.error END) AS failure
    FROM "BulkAction" bulk, unnest(bulk.rehearsed) AS one (id)
      LEFT JOIN "Job" job ON job.id = one.id
      LEFT JOIN LATERAL (
        SELECT attempt.error FROM "Attempt" attempt
        WHERE attempt."jobId" = one.id AND attempt."startedAt" >= bulk."rehearsedAt"
          AND attempt.outcome IN ('FAILED', 'TIMED_OUT')
        ORDER BY attempt.number DESC LIMIT 1
      ) failed ON true
    WHERE bulk."jobId" = ${jobId}::uuid`
}

function hasFailed({ status, failure }: Rehearsed): boolean {
  if (status === 'COMPLETED') return false
  return failure !== null || status === null || status === 'FAILED' || status === 'CANCELED'
}

async function stop(jobId: string, state: BulkState, failed: Rehearsed): Promise<never> {
  await mark(jobId, 'STOPPED')
  const { rehearsed, total, matched } = state
  const others = countOf(Math.max(0, total - matched), 'other')
  throw permanentError(
    'rehearsal_failed',
    `Stopped after the first ${rehearsed.length}; ${others} left as they were. ${reasonOf(failed)}`,
  )
}

function reasonOf({ title, status, failure }: Rehearsed): string {
  if (status === null) return 'One of the first was deleted before it completed.'
  if (status === 'CANCELED') return `“${title}” was canceled.`
  return `“${title}” failed again: ${readError(failure)?.message ?? 'no reason was given.'}`
}

async function mark(jobId: string, rehearsal: 'PASSED' | 'STOPPED'): Promise<void> {
  await prisma().bulkAction.updateMany({ where: { jobId }, data: { rehearsal } })
}
