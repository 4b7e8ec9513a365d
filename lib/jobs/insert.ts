import { type Job, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import type { QueueEntry } from '@/lib/queue/entries'
import { announced } from './announce'
import type { Backoff } from './definition'
import { lastTurns } from './turn'

/** A job about to be written; times and its turn are the database's to decide. */
export type NewJob = {
  id: string
  type: string
  queue: string
  ownerId: string | null
  title: string
  input: unknown
  maxAttempts: number
  backoff: Backoff
  timeoutMs: number
  priority: number
  tags: string[]
  batchId: string | null
  scheduleId: string | null
  originalId: string | null
  idempotencyKey: string | null
  inputHash: string
  dedupeKey: string | null
  /** What a search looks into, in lower case. */
  text: string
  /** ISO 8601; null: `delayMs` from now. */
  runAt: string | null
  delayMs: number
  /** The span that creates it, when there is tracing. */
  traceparent: string | null
}

/** What the queue is told, and no more: of ten thousand jobs the rest costs as much as writing them. */
const ENTRY = Prisma.sql`id, type, queue, priority, turn, attempt, "maxAttempts"`

/**
 * Writes jobs and what they are found by in one statement, announces them, and gives each its turn.
 * @returns those that were written; the others collided with a job that exists
 */
export function insertJobs(tx: Database, jobs: NewJob[]): Promise<QueueEntry[]> {
  return tx.$queryRaw(insert(jobs, ENTRY))
}

/** Writes one job like `insertJobs`. @returns its whole record; undefined when it collided */
export async function insertJob(
  tx: Database,
  job: NewJob,
): Promise<(Job & QueueEntry) | undefined> {
  const [inserted] = await tx.$queryRaw<(Job & QueueEntry)[]>(insert([job], Prisma.sql`inserted.*`))
  return inserted
}

function insert(jobs: NewJob[], columns: Prisma.Sql): Prisma.Sql {
  const given = JSON.stringify(jobs.map((job, place) => ({ ...job, place })))
  return Prisma.sql`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS g(
        place int, id uuid, type text, queue text, "ownerId" uuid, title text, input jsonb,
        "maxAttempts" int, backoff jsonb, "timeoutMs" int, priority int, tags text[],
        "batchId" uuid, "scheduleId" uuid, "originalId" uuid, "idempotencyKey" text,
        "inputHash" text, "dedupeKey" text, text text, "runAt" timestamptz, "delayMs" float8,
        traceparent text)
    ), line AS (
      ${lastTurns('given')}
    ), timed AS (
      SELECT given.*,
        COALESCE(given."runAt", now() + given."delayMs" * interval '1 millisecond') AS due,
        line.last + row_number() OVER (PARTITION BY given.queue, given."ownerId" ORDER BY place) AS turn
      FROM given JOIN line
        ON line.queue = given.queue AND line."ownerId" IS NOT DISTINCT FROM given."ownerId"
          AND line.priority = given.priority
    ), inserted AS (
      INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, "maxAttempts", backoff,
        "timeoutMs", priority, tags, "batchId", "scheduleId", "originalId", "idempotencyKey",
        "inputHash", "dedupeKey", turn, "createdAt", "runAt", traceparent)
      SELECT id, type, queue, "ownerId",
        (CASE WHEN due > now() THEN 'SCHEDULED' ELSE 'QUEUED' END)::"JobStatus",
        title, input, "maxAttempts", backoff, "timeoutMs", priority, tags, "batchId", "scheduleId",
        "originalId", "idempotencyKey", "inputHash", "dedupeKey", turn, now(), due, traceparent
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
    FROM inserted ORDER BY id`
}
