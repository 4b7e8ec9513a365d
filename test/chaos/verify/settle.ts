import { waitUntil } from '@/bin/postgres/processes'
import { pool } from '@/lib/db/pool'
import { BALLAST } from '../ballast'

/** What follows from endings follows within seconds; a mail may wait for its queue's rate limit. */
const LIMIT_MS = 45_000

/** Schedules fire no more, the system's neither, so that what they have begun can end. */
const STOP_SCHEDULES = `UPDATE "Schedule" SET enabled = false, "nextFireAt" = NULL`

const UNSETTLED = `
SELECT
  EXISTS (SELECT 1 FROM "Job" WHERE status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')
    AND COALESCE("nextAttemptAt", "runAt") <= now() + interval '1 minute'
    AND NOT ($1 = ANY (tags)))
  OR EXISTS (SELECT 1 FROM "Ending")
  OR EXISTS (SELECT 1 FROM "Event")
  OR EXISTS (SELECT 1 FROM "Batch" WHERE "notifiedAt" IS NULL)
  OR EXISTS (SELECT 1 FROM "Notification" WHERE "mailPending") AS unsettled
`

/**
 * Waits until nothing follows any more from what has happened: no job is open, no event, batch or
 * mail waits to be told. What does not settle in time is for the other checks to name.
 */
export async function settle(limitMs = LIMIT_MS): Promise<void> {
  await pool().query(STOP_SCHEDULES)
  await waitUntil(async () => {
    const { rows } = await pool().query<{ unsettled: boolean }>(UNSETTLED, [BALLAST])
    return rows[0]?.unsettled === false
  }, limitMs)
}
