import { pool } from '@/lib/db/pool'
import { binOf, type Histogram } from './histogram'

/** How often endings are folded at least, in milliseconds; a scrape does it too. */
export const FOLD_INTERVAL_MS = 60_000

/** Rows folded at once; the rest follows. */
const SLICE = 5_000

/** All endings of one kind since the installation was made. */
export type JobTotal = {
  queue: string
  type: string
  status: 'COMPLETED' | 'FAILED' | 'CANCELED' | 'RETRYING'
  count: number
  waits: Histogram
  waitSeconds: number
  runs: Histogram
  runSeconds: number
}

/** Rows are taken, and totals written, in one order: two that fold at once wait for each other. */
const FOLD = `
WITH taken AS (
  DELETE FROM "JobEnding" WHERE id IN (
    SELECT id FROM "JobEnding" ORDER BY id LIMIT ${SLICE} FOR UPDATE)
  RETURNING *
), ${times('waits')}, ${times('runs')}, counted AS (
  SELECT queue, type, status, sum(count) AS count FROM taken GROUP BY queue, type, status
), folded AS (
  INSERT INTO "JobTotal" (queue, type, status, count, waits, "waitSeconds", runs, "runSeconds")
  SELECT queue, type, status, counted.count,
    COALESCE(all_waits.bins, '{}'), COALESCE(all_waits.seconds, 0),
    COALESCE(all_runs.bins, '{}'), COALESCE(all_runs.seconds, 0)
  FROM counted LEFT JOIN all_waits USING (queue, type, status) LEFT JOIN all_runs USING (queue, type, status)
  ORDER BY queue, type, status
  ON CONFLICT (queue, type, status) DO UPDATE SET
    count = "JobTotal".count + excluded.count,
    waits = ${added('waits')}, "waitSeconds" = "JobTotal"."waitSeconds" + excluded."waitSeconds",
    runs = ${added('runs')}, "runSeconds" = "JobTotal"."runSeconds" + excluded."runSeconds"
)
SELECT count(*)::int AS rows FROM taken
`

/** Lengths of time by bin, and their sum. */
function times(name: 'waits' | 'runs'): string {
  return `all_${name} AS (
    SELECT queue, type, status, jsonb_object_agg(bin, number) AS bins, sum(seconds) AS seconds
    FROM (
      SELECT queue, type, status, ${binOf('ms')} AS bin, count(*) AS number, sum(ms) / 1000 AS seconds
      FROM taken, unnest(taken.${name}) AS ms GROUP BY queue, type, status, bin) AS binned
    GROUP BY queue, type, status
  )`
}

function added(name: 'waits' | 'runs'): string {
  return `(
    SELECT COALESCE(jsonb_object_agg(key, number), '{}') FROM (
      SELECT key, sum(value::bigint) AS number FROM (
        SELECT * FROM jsonb_each_text("JobTotal".${name})
        UNION ALL SELECT * FROM jsonb_each_text(excluded.${name})) AS bins
      GROUP BY key) AS merged)`
}

const TOTALS = `
SELECT queue, type, status, count::float8 AS count, waits, "waitSeconds", runs, "runSeconds"
FROM "JobTotal"
`

/** Adds the endings that were counted since to the totals. */
export async function foldEndings(): Promise<void> {
  for (;;) {
    const { rows } = await pool().query<{ rows: number }>(FOLD)
    if ((rows[0]?.rows ?? 0) < SLICE) return
  }
}

/** All endings until now, by queue, type and what became of them. */
export async function readTotals(): Promise<JobTotal[]> {
  await foldEndings()
  return (await pool().query<JobTotal>(TOTALS)).rows
}
