import { pool } from '@/lib/db/pool'
import { describeThrown } from '@/lib/errors/thrown'
import { truncate } from '@/lib/format/truncate'
import { hasStatus } from '@/lib/jobs/status'
import { logFields } from '@/lib/log/context'
import { logger } from '@/lib/log/logger'

/** Unexplained deaths of its workers after which a job runs in a process of its own. */
const APART_AFTER = 2

/** Longest that a process that is to end waits until its record says why, in milliseconds. */
const LAST_WORDS_MS = 3_000
const MAX_CRASH = 500

/** SQL: whether the job of `row` runs in a process of its own. */
export function isApart(row: string): string {
  return `(${row}.crashes >= ${APART_AFTER})`
}

/** SQL: the job that `worker` runs when it is one alone, else null. */
export const ONLY_JOB = `(
  SELECT (array_agg(held.id))[1] FROM (
    SELECT id FROM "Job" job WHERE ${hasStatus('ACTIVE')} AND "workerId" = worker.id LIMIT 2) held
  HAVING count(*) = 1)`

const RECORD = `
UPDATE "Worker" worker SET "stoppedAt" = now(), "lostAt" = now(), running = 0, crash = $2,
  "crashedBy" = COALESCE($3::uuid, ${ONLY_JOB})
WHERE id = $1
`

/**
 * From now on, what nobody catches ends the process with a record of which job it was: that one pays for
 * it, and the others run again at once.
 */
export function recordCrashes(workerId: string): void {
  let ending = false
  process.on('uncaughtException', (error) => {
    // What is thrown while the process ends says nothing new.
    if (ending) return
    ending = true
    const { jobId } = logFields()
    logger('worker').fatal({ err: error }, 'The worker ends: nobody caught an error')
    setTimeout(() => process.exit(1), LAST_WORDS_MS)
    pool()
      .query(RECORD, [workerId, inALine(error), jobId ?? null])
      .catch(() => undefined)
      .finally(() => process.exit(1))
  })
}

/** Whatever was thrown, for a record that people read. */
export function inALine(error: unknown): string {
  const { name, message } = describeThrown(error)
  return truncate(`${name}: ${message}`.replace(/\p{Cc}+/gu, ' '), MAX_CRASH)
}
