import { CHANGES_CHANNEL } from '@/lib/jobs/announce'

/** Jobs that carry this tag are notifications themselves: nobody is told about them. */
export const NOTIFICATION_TAG = 'notification'

/** Marks a person's id among the ids of changed jobs: their notifications changed. */
export const NOTICE_PREFIX = 'notices:'

/** SQL: tells open pages of the person with the id in the column `userId`, at the commit. */
export const ANNOUNCE_NOTICE = `pg_notify('${CHANGES_CHANNEL}', '${NOTICE_PREFIX}' || "userId")`

/**
 * SQL that tells owners how their jobs ended, as part of the statement that ends them.
 * A job that fails again after a retry is told about again. Jobs of a batch whose end its owner is
 * still to be told of are left to that: ten thousand mails make one notification.
 * @param endings a SELECT of `id` (of the notification), `jobId`, `ownerId`, `batchId`, `title`,
 * `tags`, `kind` and `message`
 */
export function noticeOf(endings: string): string {
  return `
  INSERT INTO "Notification" (id, "userId", kind, title, body, href, subject, "mailPending")
  SELECT told.id, told."ownerId", told.kind::"NotificationKind",
    told.title || CASE told.kind WHEN 'JOB_DONE' THEN ' is ready' ELSE ' failed' END,
    COALESCE(told.message, ''), '/jobs/' || told."jobId", told."jobId"::text, "User"."notifyByMail"
  FROM (${endings}) told JOIN "User" ON "User".id = told."ownerId"
  WHERE NOT ('${NOTIFICATION_TAG}' = ANY (told.tags)) AND NOT EXISTS (
    SELECT 1 FROM "Batch" batch WHERE batch.id = told."batchId" AND batch."notifiedAt" IS NULL)
  ON CONFLICT ("userId", kind, subject) DO UPDATE SET
    id = excluded.id, title = excluded.title, body = excluded.body, "readAt" = NULL,
    "mailPending" = excluded."mailPending", "createdAt" = now()
  RETURNING ${ANNOUNCE_NOTICE}`
}
