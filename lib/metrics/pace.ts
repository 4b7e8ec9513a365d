import { pool } from '@/lib/db/pool'

/** How far back is looked. */
const WINDOW = '5 minutes'

/** Counts from the first minute on in which anything ended: a queue that has just begun is no slower. */
const PACE = `
SELECT sum(count)::float8 / EXTRACT(EPOCH FROM now() - min(start))::float8 * 60 AS pace
FROM "Figure"
WHERE span = 60 AND start >= now() - interval '${WINDOW}' AND start < now() AND queue = $1
  AND status IN ('COMPLETED', 'FAILED')
`

/** Jobs of a queue that ended per minute of late; null when none did. */
export async function endedPerMinute(queue: string): Promise<number | null> {
  return (await pool().query<{ pace: number | null }>(PACE, [queue])).rows[0]?.pace ?? null
}
