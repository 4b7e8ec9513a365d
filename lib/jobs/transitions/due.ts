import { CHANGES_CHANNEL, IDS_PER_NOTIFICATION } from '@/lib/db/announce'
import { pool } from '@/lib/db/pool'
import { ENDED_PAUSES } from '../pauses/pause'

/** Most jobs that become queued together. */
export const DUE_TOGETHER = 1_000

/** Asks what is outstanding along with it: a relay at rest costs one statement a second. */
const QUEUE_DUE = `
WITH due AS (
  UPDATE "Job" SET status = 'QUEUED' WHERE id IN (
    SELECT id FROM "Job" WHERE "waitsAs" = 'SCHEDULED' AND "runAt" <= now()
    LIMIT ${DUE_TOGETHER} FOR UPDATE SKIP LOCKED)
  RETURNING id
), parts AS (
  SELECT id, (row_number() OVER () - 1) / ${IDS_PER_NOTIFICATION} AS part FROM due
), announced AS (
  SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ',')) FROM parts GROUP BY part
)
SELECT (SELECT count(*) FROM announced) AS announced, (SELECT count(*)::int FROM due) AS due,
  EXISTS (SELECT 1 FROM "PendingDispatch" WHERE "heldBy" IS NULL) OR EXISTS (${ENDED_PAUSES}) AS outstanding
`

/** How many jobs became queued, and whether any job's dispatch is outstanding. */
type Look = { due: number; outstanding: boolean }

/** Scheduled jobs whose time has come become queued, some thousand at most. */
export async function queueDueJobs(): Promise<Look> {
  const { rows } = await pool().query<Look>(QUEUE_DUE)
  return rows[0] ?? { due: 0, outstanding: false }
}
