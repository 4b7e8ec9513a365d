import { pool } from '@/lib/db/pool'
import { probe } from '@/test/support/probe'

/** Tag of jobs that only make a queue long; nobody waits for them, so nobody looks at them singly. */
export const BALLAST = 'ballast'

/** A queue that no worker serves, so that what waits in it goes on waiting. */
export const BALLAST_QUEUE = 'ballast'

const ROWS = 20_000
/** Scheduled within 20 to 40 days, in no order of their ids. */
const DAY_S = 24 * 3600

const INSERT = `
WITH given AS (
  INSERT INTO "Job" (id, type, queue, status, title, input, "maxAttempts", backoff, "timeoutMs",
    "inputHash", priority, tags, "createdAt", "runAt")
  SELECT uuidv7(), '${probe.type}', $2, $3::"JobStatus", 'Ballast', '{}', 1,
    '{"type":"fixed","delayMs":50}', 60000, '', 100, '{${BALLAST}}', now(),
    now() + (1 + random()) * $4 * interval '1 second'
  FROM generate_series(1, $1) RETURNING id, type, queue, tags
)
INSERT INTO "JobFacts" ("jobId", type, queue, tags, text)
SELECT id, type, queue, tags, 'ballast' FROM given
`

/** So many jobs that wait: for their worker, or for days. They are handed over by the relay. */
export async function insertBallast(
  count: number,
  kind: 'waiting' | 'scheduled',
  queue = BALLAST_QUEUE,
): Promise<void> {
  const status = kind === 'waiting' ? 'QUEUED' : 'SCHEDULED'
  const seconds = kind === 'waiting' ? 0 : 20 * DAY_S
  for (let made = 0; made < count; made += ROWS) {
    await pool().query(INSERT, [Math.min(ROWS, count - made), queue, status, seconds])
  }
}
