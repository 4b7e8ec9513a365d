import { pool } from '@/lib/db/pool'

/** Open jobs that were handed over, as `enqueue` writes them; the queue has none of them. */
const INSERT = `
INSERT INTO "Job" (id, type, queue, status, title, input, "maxAttempts", backoff, "timeoutMs", priority,
  tags, "inputHash", turn, "createdAt", "runAt")
SELECT uuidv7(), 'probe', 'probe', $2::"JobStatus", 'Probe', '{}', 3, '{"type":"fixed","delayMs":50}',
  60000, $3, '{}', '', n, now(), CASE $2 WHEN 'SCHEDULED' THEN now() + interval '3 days' ELSE now() END
FROM generate_series(1, $1::int) AS n
RETURNING id
`

/** Written by one statement, which has to end within the pool's time limit. */
const AT_ONCE = 20_000

/** Records of so many jobs that their queue should have; their ids. */
export async function recordJobs(
  count: number,
  status: 'QUEUED' | 'SCHEDULED' = 'QUEUED',
  priority = 10,
): Promise<string[]> {
  const ids: string[] = []
  for (let left = count; left > 0; left -= AT_ONCE) {
    const values = [Math.min(left, AT_ONCE), status, priority]
    const { rows } = await pool().query<{ id: string }>(INSERT, values)
    for (const { id } of rows) ids.push(id)
  }
  return ids
}
