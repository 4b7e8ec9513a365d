import { v7 as uuidv7 } from 'uuid'
import { pool } from '@/lib/db/pool'
import { ANNOUNCE_NOTICE } from '@/lib/notifications/notice'
import { workOff } from './work-off'

/** How often ended batches and mails to send are looked for, in milliseconds. */
export const NOTIFIER_INTERVAL_MS = 5_000

const BATCH = 100

/** Batches whose last job has ended: their owners are told, and again after what failed was retried. */
const TELL_ENDED_BATCHES = `
WITH ended AS (
  UPDATE "Batch" batch SET "notifiedAt" = now()
  WHERE batch.id IN (
    SELECT open.id FROM "Batch" open
    WHERE open."notifiedAt" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "JobFacts" facts JOIN "Job" job ON job.id = facts."jobId"
      WHERE facts."batchId" = open.id
        AND job."endedAs" IS NULL)
    ORDER BY open.id LIMIT ${BATCH} FOR UPDATE OF open SKIP LOCKED)
  RETURNING batch.*
), counted AS (
  SELECT ended.id,
    count(*) FILTER (WHERE job.status = 'COMPLETED') AS completed,
    count(*) FILTER (WHERE job.status = 'FAILED') AS failed,
    count(*) FILTER (WHERE job.status = 'CANCELED') AS canceled
  FROM ended JOIN "JobFacts" facts ON facts."batchId" = ended.id
    JOIN "Job" job ON job.id = facts."jobId"
  GROUP BY ended.id
), told AS (
  INSERT INTO "Notification" (id, "userId", kind, title, body, href, subject, "mailPending")
  SELECT ($1::uuid[])[row_number() OVER ()], "User".id, 'BATCH_DONE', ended.title || ' is done',
    concat_ws(', ', counted.completed || ' completed', NULLIF(counted.failed, 0) || ' failed',
      NULLIF(counted.canceled, 0) || ' canceled'),
    '/batches/' || ended.id, ended.id::text, "User"."notifyByMail"
  FROM ended JOIN counted USING (id) JOIN "User" ON "User".id = ended."ownerId"
  ON CONFLICT ("userId", kind, subject) DO UPDATE SET
    id = excluded.id, body = excluded.body, "readAt" = NULL,
    "mailPending" = excluded."mailPending", "createdAt" = now()
  RETURNING ${ANNOUNCE_NOTICE}
)
SELECT EXISTS (SELECT 1 FROM "Notification" WHERE "mailPending") AS "mailPending",
  EXISTS (SELECT 1 FROM "Event") AS "eventPending"
`

type Pending = { mailPending: boolean; eventPending: boolean }

/**
 * Tells owners of ended batches, mails notifications to those who wish it, and enqueues the webhooks
 * of what happened. One that fails does not keep the others from it.
 * @throws what the first that failed threw
 */
export async function notify(): Promise<void> {
  const failures: unknown[] = []
  const note = (error: unknown) => void failures.push(error)
  const pending = await tellEndedBatches().catch(note)
  // Loaded when first needed: a worker at rest stays small.
  if (!pending || pending.mailPending) {
    const { notificationMails } = await import('./notifications/mail')
    await workOff(notificationMails).catch(note)
  }
  if (!pending || pending.eventPending) {
    const { notedEvents } = await import('./notifications/publish')
    await workOff(notedEvents).catch(note)
  }
  if (failures.length > 0) throw failures[0]
}

/** @returns what else is to be told */
async function tellEndedBatches(): Promise<Pending | undefined> {
  const ids = Array.from({ length: BATCH }, () => uuidv7())
  const { rows } = await pool().query<Pending>(TELL_ENDED_BATCHES, [ids])
  return rows[0]
}
