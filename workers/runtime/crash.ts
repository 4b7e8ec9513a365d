import { pool } from '@/lib/db/pool'
import { describeThrown } from '@/lib/errors/thrown'
import { truncate } from '@/lib/format/truncate'
import { ONLY_JOB } from '@/lib/jobs/transitions/recover'
import { logFields } from '@/lib/telemetry/context'
import { logger } from '@/lib/telemetry/logger'

/** Longest that a process that is to end waits until its record says why, in milliseconds. */
const LAST_WORDS_MS = 3_000
const MAX_CRASH = 500

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
