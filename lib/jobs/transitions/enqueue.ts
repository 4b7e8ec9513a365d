import { announced } from '@/lib/db/announce'
import { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { afterCommit } from '@/lib/db/transaction'
import { AppError, type FieldIssue } from '@/lib/errors/app-error'
import type { QueueEntry } from '@/lib/queue/entries'
import { type NewJob, newJobs } from '../new-job'
import { type CheckedRequest, checkRequests, type JobRequest, type Naming } from '../request'
import { lastTurns } from '../turn'
import { dispatchSoon } from './dispatch'

/** What became of a request. */
export type EnqueueOutcome<Row> =
  | { kind: 'created'; job: Row & QueueEntry }
  /** The same work is under way, or was asked for with the same idempotency key. */
  | { kind: 'exists'; job: Row }
  /** Paths are within the input. */
  | { kind: 'refused'; issues: FieldIssue[] }
  /** `message` says so as a sentence, and what to do. */
  | { kind: 'conflict'; message: string }

/** SQL: the whole record of the row `job`. */
export const RECORD = Prisma.sql`job.*`
/** SQL: what its queue is told, and no more: of ten thousand jobs the rest costs as much as writing them. */
export const ENTRY = Prisma.sql`job.id, job.type, job.queue, job.priority, job.turn, job.attempt, job."maxAttempts"`

/** A job that another collides with may end before it is looked up; then the other is tried again. */
const TRIES = 3

/**
 * Enqueues jobs: checks them, writes them, hands them to their queues after the commit, and finds those
 * that exist already. Others have their turn meanwhile. One job whose type looks nothing up takes one
 * statement.
 * @param columns what is read back of each: `RECORD` or `ENTRY`
 * @param naming for jobs that are all made or none; without it each stands alone
 * @returns one outcome per request, in their order; with `naming` none that is refused or in conflict
 * @throws {AppError} with `naming`: `invalid_input` naming each field; `conflict`
 */
export async function enqueueJobs<Row extends { id: string }>(
  tx: Database,
  requests: Iterable<JobRequest>,
  columns: Prisma.Sql,
  naming?: Naming,
): Promise<EnqueueOutcome<Row>[]> {
  return enqueueChecked(tx, await checkRequests(tx, requests, naming), columns, naming)
}

/**
 * The same of requests that were checked, by `checkRequests` with the same `naming`: the checks of many
 * take long, and need no transaction.
 */
export async function enqueueChecked<Row extends { id: string }>(
  tx: Database,
  checked: CheckedRequest[],
  columns: Prisma.Sql,
  naming?: Naming,
): Promise<EnqueueOutcome<Row>[]> {
  const outcomes = checked.map(({ issues }): EnqueueOutcome<Row> => ({ kind: 'refused', issues }))
  for await (const chunk of newJobs(checked)) {
    const written = await writeJobs<Row>(
      tx,
      chunk.map(({ job }) => job),
      columns,
    )
    for (const { place, job } of chunk) {
      const outcome = written.get(job.id) ?? ENDING
      if (naming && outcome.kind === 'conflict') {
        const name = naming(place)
        throw new AppError('conflict', name ? `${name}: ${outcome.message}` : outcome.message)
      }
      outcomes[place] = outcome
    }
  }
  return outcomes
}

const ENDING = {
  kind: 'conflict',
  message: 'A job like this one is just ending. Try again.',
} as const
const REUSED = {
  kind: 'conflict',
  message: 'This idempotency key was used with another input. Use a new key for a new job.',
} as const

async function writeJobs<Row extends { id: string }>(
  tx: Database,
  jobs: NewJob[],
  columns: Prisma.Sql,
): Promise<Map<string, EnqueueOutcome<Row>>> {
  const outcomes = new Map<string, EnqueueOutcome<Row>>()
  let left = jobs
  for (let tries = 0; left.length > 0 && tries < TRIES; tries++) {
    const inserted = await insertJobs<Row>(tx, left, columns)
    for (const job of inserted) outcomes.set(job.id, { kind: 'created', job })
    if (inserted.length > 0) afterCommit(tx, () => dispatchSoon(inserted))
    if (inserted.length === left.length) break
    left = left.filter(({ id }) => !outcomes.has(id))
    for (const job of await findExisting<Row>(tx, left, columns)) {
      outcomes.set(job.newId, job.same ? { kind: 'exists', job } : REUSED)
    }
    left = left.filter(({ id }) => !outcomes.has(id))
  }
  return outcomes
}

/**
 * Writes jobs and what they are found by in one statement, announces them, and gives each its turn.
 * @returns those that were written; the others collided with a job that exists
 */
function insertJobs<Row>(
  tx: Database,
  jobs: NewJob[],
  columns: Prisma.Sql,
): Promise<(Row & QueueEntry)[]> {
  const given = JSON.stringify(jobs.map((job, place) => ({ ...job, place })))
  return tx.$queryRaw(Prisma.sql`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS g(
        place int, id uuid, type text, queue text, "ownerId" uuid, title text, input jsonb,
        "maxAttempts" int, backoff jsonb, "timeoutMs" int, priority int, tags text[],
        "batchId" uuid, "scheduleId" uuid, "originalId" uuid, "idempotencyKey" text,
        "inputHash" text, "dedupeKey" text, text text, "runAt" timestamptz, "delayMs" float8,
        traceparent text, "inputVersion" int)
    ), ${lastTurns('given')}, timed AS (
      SELECT given.*,
        COALESCE(given."runAt", now() + given."delayMs" * interval '1 millisecond') AS due,
        line.last + row_number() OVER (PARTITION BY given.queue, given."ownerId" ORDER BY place) AS turn
      FROM given JOIN line
        ON line.queue = given.queue AND line."ownerId" IS NOT DISTINCT FROM given."ownerId"
          AND line.priority = given.priority
    ), inserted AS (
      INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, "maxAttempts", backoff,
        "timeoutMs", priority, tags, "batchId", "scheduleId", "originalId", "idempotencyKey",
        "inputHash", "dedupeKey", turn, "createdAt", "runAt", traceparent, "inputVersion")
      SELECT id, type, queue, "ownerId",
        (CASE WHEN due > now() THEN 'SCHEDULED' ELSE 'QUEUED' END)::"JobStatus",
        title, input, "maxAttempts", backoff, "timeoutMs", priority, tags, "batchId", "scheduleId",
        "originalId", "idempotencyKey", "inputHash", "dedupeKey", turn, now(), due, traceparent,
        "inputVersion"
      FROM timed ORDER BY place
      ON CONFLICT DO NOTHING
      RETURNING *
    ), facts AS (
      INSERT INTO "JobFacts" ("jobId", "ownerId", type, queue, tags, "batchId", "scheduleId",
        "originalId", text)
      SELECT given.id, given."ownerId", given.type, given.queue, given.tags, given."batchId",
        given."scheduleId", given."originalId", given.text
      FROM given JOIN inserted USING (id)
    ), pending AS (
      INSERT INTO "PendingDispatch" ("jobId", priority, turn) SELECT id, priority, turn FROM inserted
    ), announced AS (
      ${announced('inserted')}
    )
    SELECT ${columns}, GREATEST(0, EXTRACT(EPOCH FROM "runAt" - now()) * 1000)::float8 AS "delayMs",
      (SELECT count(*)::int FROM announced) AS announcements
    FROM inserted job ORDER BY id`)
}

/** Of each of these jobs the one that it collided with, unless that has ended since: `same` work, or other. */
function findExisting<Row>(
  tx: Database,
  jobs: NewJob[],
  columns: Prisma.Sql,
): Promise<(Row & { newId: string; same: boolean })[]> {
  const given = JSON.stringify(
    jobs.map(({ id, ownerId, type, idempotencyKey, inputHash, dedupeKey }) => {
      return { id, ownerId, type, idempotencyKey, inputHash, dedupeKey }
    }),
  )
  return tx.$queryRaw(Prisma.sql`
    SELECT ${columns}, given.id AS "newId", job.same
    FROM jsonb_to_recordset(${given}::jsonb) AS given(
      id uuid, "ownerId" uuid, type text, "idempotencyKey" text, "inputHash" text, "dedupeKey" text)
    CROSS JOIN LATERAL (
      SELECT job.*, job."inputHash" = given."inputHash" AS same, 1 AS rank FROM "Job" job
      WHERE job."ownerId" = given."ownerId" AND job.type = given.type
        AND job."idempotencyKey" = given."idempotencyKey"
      UNION ALL
      SELECT job.*, true, 2 FROM "Job" job
      WHERE job."dedupeKey" = given."dedupeKey" AND job."endedAs" IS NULL
      ORDER BY rank LIMIT 1
    ) job`)
}
