import { pool } from '@/lib/db/pool'
import { ONLY_JOB, recoverJobs } from '@/lib/jobs/transitions/recover'
import { HEARTBEAT_MS } from '../runtime/heartbeat'

/** A worker that missed three heartbeats counts as dead. */
const DEAD_AFTER_MS = 3 * HEARTBEAT_MS + 1_000

/** A search this late did not run when it should have: this process slept, and others may have too. */
const SLEPT_MS = 2 * HEARTBEAT_MS

/** Workers that stopped answering are marked so once. */
const MARK_DEAD = `
UPDATE "Worker" worker SET "stoppedAt" = now(), "lostAt" = now(), running = 0, "crashedBy" = ${ONLY_JOB}
WHERE "stoppedAt" IS NULL AND "heartbeatAt" < now() - $1 * interval '1 millisecond'
  AND id IS DISTINCT FROM $2::uuid
RETURNING id
`

/**
 * Finds workers that died and gives their jobs their next attempt. While PostgreSQL was away, or all
 * processes of the machine slept, no worker could say that it lives: each has the time to do so first.
 * @param ownId the worker of this process, which lives whatever the record says
 * @param now milliseconds of a clock that only goes forward
 * @returns a function that searches once, and answers how many jobs were recovered
 */
export function createOrphanSearch(
  ownId?: string,
  now = () => performance.now(),
): () => Promise<number> {
  let answeringSince: number | undefined
  let searchedAt: number | undefined
  return async () => {
    try {
      const at = now()
      if (searchedAt !== undefined && at - searchedAt > SLEPT_MS) answeringSince = undefined
      searchedAt = at
      answeringSince ??= at
      if (at - answeringSince >= DEAD_AFTER_MS) {
        await pool().query(MARK_DEAD, [DEAD_AFTER_MS, ownId ?? null])
      }
      return await recoverJobs()
    } catch (error) {
      answeringSince = undefined
      throw error
    }
  }
}
