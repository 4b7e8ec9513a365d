import type pg from 'pg'
import type { EntryPage, EntryState } from './inspect'

/** BullMQ sees to active entries whose lock ran out; what is active without a lock it does not see. */
const STATES = `
SELECT CASE
    WHEN job.id IS NULL THEN 'absent'
    WHEN job.state = 'delayed' THEN 'delayed'
    WHEN job.state = 'waiting' THEN 'served'
    WHEN job.state = 'active' AND job.locked_until_ms IS NOT NULL THEN 'served'
    ELSE 'leftover'
  END AS state
FROM unnest($2::text[]) WITH ORDINALITY AS asked (id, place)
  LEFT JOIN job ON job.queue = $1 AND job.id = asked.id
ORDER BY asked.place
`

const PAGE = `
SELECT id FROM job WHERE queue = $1 AND id > $2 AND state IN ('waiting', 'delayed')
ORDER BY id LIMIT $3
`

/** In the order in which BullMQ takes them. */
const BEFORE = `
SELECT before.id FROM job, LATERAL (
  SELECT id FROM job AS earlier
  WHERE queue = $1 AND state = 'waiting' AND (priority, seq) < (job.priority, job.seq)
  ORDER BY priority, seq LIMIT $3) AS before
WHERE job.queue = $1 AND job.id = $2 AND job.state = 'waiting'
`

/** What BullMQ's tables say about these entries, in their order. */
export async function postgresStates(
  pool: pg.Pool,
  queueName: string,
  ids: string[],
): Promise<EntryState[]> {
  const { rows } = await pool.query<{ state: EntryState }>(STATES, [queueName, ids])
  return rows.map(({ state }) => state)
}

/** Waiting and delayed entries in order of their ids. */
export async function postgresPage(
  pool: pg.Pool,
  queueName: string,
  from: string | null,
  limit: number,
): Promise<EntryPage> {
  const { rows } = await pool.query<{ id: string }>(PAGE, [queueName, from ?? '', limit])
  const ids = rows.map(({ id }) => id)
  return { ids, next: ids.length === limit ? (ids.at(-1) ?? null) : null }
}

/** Waiting entries that come before another one. */
export async function postgresBefore(
  pool: pg.Pool,
  queueName: string,
  id: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(BEFORE, [queueName, id, limit])
  return rows.map((row) => row.id)
}
