import type pg from 'pg'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/with-client'
import { binOf } from './histogram'
import { RAN, WAITED } from './job-times'
import { spans, startOf } from './spans'

/** How often roll-ups are brought up to date, in milliseconds: as old as the newest may be. */
export const ROLL_UP_INTERVAL_MS = 10_000

/** Names this work among the database's advisory locks; any number no other lock uses. */
const LOCK = 7_242_002

/** Hours whose changes are taken up at once, and the longest stretch of time; the rest follows. */
const MAX_HOURS = 24
const MAX_STRETCH = '1 day'

/**
 * Up to which minute all endings are visible. An ending carries its transaction's `now()`, so it
 * cannot come any more once every transaction that began by then is over. Our own end within
 * 15 seconds; what is open for longer than 5 minutes is not one that records endings.
 */
const LOOK = `
WITH horizon AS (
  SELECT date_trunc('minute', LEAST(now(), min(xact_start)) - interval '1 second') AS "finalTo"
  FROM pg_stat_activity
  WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
    AND xact_start > now() - interval '5 minutes'
), state AS (
  SELECT COALESCE(
    (SELECT "finalTo" FROM "RollupState"),
    (SELECT date_trunc('hour', min("finishedAt")) FROM "Job" WHERE "finishedAt" IS NOT NULL),
    now()) AS "from"
)
SELECT state."from", now() AS "to", horizon."finalTo", false AS more,
  (SELECT max("finishedAt") FROM "Job" WHERE "finishedAt" IS NOT NULL) >= state."from" AS ended,
  EXISTS (SELECT 1 FROM "RollupChange") AS changed
FROM horizon, state WHERE horizon."finalTo" <= state."from" + interval '${MAX_STRETCH}'
UNION ALL
SELECT state."from", stretch."to", stretch."to", true,
  EXISTS (SELECT 1 FROM "Job" WHERE "finishedAt" >= state."from" AND "finishedAt" < stretch."to"),
  EXISTS (SELECT 1 FROM "RollupChange")
FROM horizon, state, LATERAL (SELECT state."from" + interval '${MAX_STRETCH}' AS "to") AS stretch
WHERE horizon."finalTo" > stretch."to"
`

const TAKE_CHANGES = `
WITH taken AS (
  DELETE FROM "RollupChange" WHERE date_trunc('hour', at) IN (
    SELECT DISTINCT date_trunc('hour', at) FROM "RollupChange" LIMIT ${MAX_HOURS})
  RETURNING at
)
SELECT DISTINCT date_trunc('minute', at) AS at FROM taken
`

/** Starts of the spans to count again: those from `$1` to `$2`, and those of the changes `$3`. */
const stale = (seconds: number, keptDays: number) => `
SELECT DISTINCT start FROM (
  SELECT generate_series(${startOf(seconds, '$1::timestamptz')}, $2::timestamptz, interval '${seconds} seconds') AS start
  UNION ALL
  SELECT ${startOf(seconds, 'at')} FROM unnest($3::timestamptz[]) AS changes (at)
) AS spans
WHERE start >= now() - interval '${keptDays} days'
`

const CLEAR = `DELETE FROM "Rollup" WHERE span = $1 AND start = ANY($2::timestamptz[])`

/** Counts the jobs themselves. */
const countJobs = (seconds: number) => `
WITH ended AS MATERIALIZED (
  SELECT spans.start, job.queue, job.type, job.status,
    CASE WHEN "startedAt" IS NOT NULL THEN ${binOf(WAITED)} END AS waited,
    CASE WHEN "startedAt" IS NOT NULL AND status <> 'CANCELED' THEN ${binOf(RAN)} END AS ran
  FROM unnest($1::timestamptz[]) AS spans (start) JOIN "Job" job
    ON job."finishedAt" >= spans.start AND job."finishedAt" < spans.start + interval '${seconds} seconds'
), counted AS (
  SELECT start, queue, type,
    count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
    count(*) FILTER (WHERE status = 'FAILED') AS failed,
    count(*) FILTER (WHERE status = 'CANCELED') AS canceled
  FROM ended GROUP BY start, queue, type
), ${histogram('waits', 'waited')}, ${histogram('runs', 'ran')}
INSERT INTO "Rollup" (span, start, queue, type, completed, failed, canceled, waits, runs)
SELECT ${seconds}, start, queue, type, completed, failed, canceled,
  COALESCE(waits.bins, '{}'), COALESCE(runs.bins, '{}')
FROM counted LEFT JOIN waits USING (start, queue, type) LEFT JOIN runs USING (start, queue, type)
`

function histogram(name: string, bin: string): string {
  return `${name} AS (
    SELECT start, queue, type, jsonb_object_agg(bin, count) AS bins
    FROM (SELECT start, queue, type, ${bin} AS bin, count(*) AS count FROM ended
      WHERE ${bin} IS NOT NULL GROUP BY start, queue, type, ${bin}) AS binned
    GROUP BY start, queue, type
  )`
}

/** Adds up the next shorter spans, where all of them are kept. */
const addUp = (seconds: number, shorter: number) => `
WITH part AS (
  SELECT spans.start, part.queue, part.type, part.completed, part.failed, part.canceled,
    part.waits, part.runs
  FROM unnest($1::timestamptz[]) AS spans (start) JOIN "Rollup" part
    ON part.span = ${shorter} AND part.start >= spans.start
      AND part.start < spans.start + interval '${seconds} seconds'
), ${merged('waits')}, ${merged('runs')}
INSERT INTO "Rollup" (span, start, queue, type, completed, failed, canceled, waits, runs)
SELECT ${seconds}, start, queue, type, sum(completed), sum(failed), sum(canceled),
  COALESCE(min(all_waits.bins::text)::jsonb, '{}'), COALESCE(min(all_runs.bins::text)::jsonb, '{}')
FROM part LEFT JOIN all_waits USING (start, queue, type) LEFT JOIN all_runs USING (start, queue, type)
GROUP BY start, queue, type
`

function merged(name: string): string {
  return `all_${name} AS (
    SELECT start, queue, type, jsonb_object_agg(bin, count) AS bins
    FROM (SELECT start, queue, type, bin.key AS bin, sum(bin.value::int) AS count
      FROM part, jsonb_each_text(part.${name}) AS bin GROUP BY start, queue, type, bin.key) AS binned
    GROUP BY start, queue, type
  )`
}

const PRUNE = `DELETE FROM "Rollup" WHERE ${spans
  .map(
    ({ seconds, keptDays }) =>
      `(span = ${seconds} AND start < now() - interval '${keptDays} days')`,
  )
  .join(' OR ')}`

const FINAL_TO = `
INSERT INTO "RollupState" (id, "finalTo") VALUES (1, $1)
ON CONFLICT (id) DO UPDATE SET "finalTo" = excluded."finalTo"
`

/** What is counted is found by its time; whatever the planner believes, it must not read all jobs. */
const BEGIN = 'BEGIN; SET LOCAL enable_seqscan = off'

type Look = { from: Date; to: Date; finalTo: Date; more: boolean; ended: boolean; changed: boolean }

/**
 * Brings the roll-ups up to date: everything since they were final is counted anew, and so is what
 * changed before. Counting anew rather than adding makes them agree with the jobs whatever happened
 * in between. One process at a time; the others leave it to that one.
 */
export async function rollUp(): Promise<void> {
  while (await rollUpStretch());
}

/** Counts the jobs that ended in the last hours anew, also where nothing says that they changed. */
export async function rollUpAnew(hours: number): Promise<void> {
  await pool().query(
    `INSERT INTO "RollupChange" (at)
     SELECT generate_series(now() - $1 * interval '1 hour', now(), interval '1 minute')`,
    [hours],
  )
  await rollUp()
}

/** @returns whether there is more to do at once */
async function rollUpStretch(): Promise<boolean> {
  return inTransaction(async (client) => {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_xact_lock($1) AS taken',
      [LOCK],
    )
    return rows[0]?.taken ? bringUpToDate(client) : false
  }, BEGIN)
}

async function bringUpToDate(client: pg.PoolClient): Promise<boolean> {
  const look = (await client.query<Look>(LOOK)).rows[0]
  if (!look) return false
  const changes = look.changed ? (await client.query<{ at: Date }>(TAKE_CHANGES)).rows : []
  const moments = changes.map(({ at }) => at)
  if (look.ended || look.changed) {
    for (const index of spans.keys()) await recount(client, index, look, moments)
  }
  if (look.finalTo > look.from) {
    await client.query(FINAL_TO, [look.finalTo])
    await client.query(PRUNE)
  }
  const hours = new Set(moments.map((at) => Math.floor(at.getTime() / 3600_000)))
  return look.more || hours.size === MAX_HOURS
}

async function recount(
  client: pg.PoolClient,
  index: number,
  { from, to }: Look,
  moments: Date[],
): Promise<void> {
  const span = spans[index]
  const shorter = spans[index - 1]
  if (!span) return
  const { rows } = await client.query<{ start: Date }>(stale(span.seconds, span.keptDays), [
    from,
    to,
    moments,
  ])
  const starts = rows.map(({ start }) => start)
  if (starts.length === 0) return
  await client.query(CLEAR, [span.seconds, starts])
  const summable = shorter ? keptSince(shorter.keptDays) : Number.POSITIVE_INFINITY
  const recent = starts.filter((start) => start.getTime() >= summable)
  const older = starts.filter((start) => start.getTime() < summable)
  if (shorter && recent.length > 0) {
    await client.query(addUp(span.seconds, shorter.seconds), [recent])
  }
  if (older.length > 0) await client.query(countJobs(span.seconds), [older])
}

/** From when on all roll-ups kept for so many days are there, in milliseconds, with an hour to spare. */
function keptSince(days: number): number {
  return Date.now() - days * 24 * 3600_000 + 3600_000
}
