import { CHANGES_CHANNEL } from '@/lib/db/announce'

/** Jobs that carry this tag are notifications themselves: nobody is told about them. */
export const NOTIFICATION_TAG = 'notification'

/** Marks a person's id among the ids of changed jobs: their notifications changed. */
export const NOTICE_PREFIX = 'notices:'

/** SQL: tells open pages of the person with the id in the column `userId`, at the commit. */
export const ANNOUNCE_NOTICE = `pg_notify('${CHANGES_CHANNEL}', '${NOTICE_PREFIX}' || "userId")`

/**
 * SQL that tells owners how their jobs ended. A job that fails again after a retry is told about again.
 * Jobs of a batch whose end its owner was still to be told of are left to that: ten thousand mails make
 * one notification.
 * @param endings a table of noted endings (`id`, `jobId`, `type`, `status`, `at`), with their jobs'
 * `ownerId`, `batchId`, `title` and `tags`, and the attempt's `error`
 * @param ids SQL: an array of as many ids as there may be notifications
 * @param tellWhenDone SQL: an array of the job types whose owners hear that a job is done
 */
export function noticesOf(endings: string, ids: string, tellWhenDone: string): string {
  return `
  INSERT INTO "Notification" (id, "userId", kind, title, body, href, subject, "mailPending", "createdAt")
  SELECT (${ids})[row_number() OVER (ORDER BY told.id)], told."ownerId", told.kind::"NotificationKind",
    told.title || CASE told.kind WHEN 'JOB_DONE' THEN ' is ready' ELSE ' failed' END,
    COALESCE(told.error ->> 'message', ''), '/jobs/' || told."jobId", told."jobId"::text,
    "User"."notifyByMail", told.at
  FROM (
    SELECT DISTINCT ON ("jobId", status) *,
      CASE status WHEN 'FAILED' THEN 'JOB_FAILED' ELSE 'JOB_DONE' END AS kind
    FROM ${endings} WHERE status = 'FAILED' OR (status = 'COMPLETED' AND type = ANY (${tellWhenDone}))
    ORDER BY "jobId", status, id DESC
  ) told JOIN "User" ON "User".id = told."ownerId"
  WHERE NOT ('${NOTIFICATION_TAG}' = ANY (told.tags)) AND NOT EXISTS (
    SELECT 1 FROM "Batch" batch WHERE batch.id = told."batchId"
      AND (batch."notifiedAt" IS NULL OR batch."notifiedAt" >= told.at))
  ON CONFLICT ("userId", kind, subject) DO UPDATE SET
    id = excluded.id, title = excluded.title, body = excluded.body, "readAt" = NULL,
    "mailPending" = excluded."mailPending", "createdAt" = excluded."createdAt"
  RETURNING ${ANNOUNCE_NOTICE}`
}
