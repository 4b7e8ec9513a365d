import { definitions } from '@/lib/jobs/catalog'
import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { type Problem, problemsIn } from './problem'

/**
 * Which owners are to be told of which jobs: of one that failed, and of one that completed where its
 * type says so. What belongs to a batch is told with the batch.
 */
const SUBJECTS = `
WITH subject AS (
  SELECT job.id, job."ownerId", CASE job.status WHEN 'FAILED' THEN 'JOB_FAILED' ELSE 'JOB_DONE' END AS kind
  FROM "Job" job
  WHERE job."ownerId" IS NOT NULL AND job."batchId" IS NULL AND NOT ('${NOTIFICATION_TAG}' = ANY (job.tags))
    AND (job.status = 'FAILED' OR (job.status = 'COMPLETED' AND job.type = ANY ($1)))
)`

const MISSING = `
${SUBJECTS}
SELECT 'Nobody was told of ' || subject.id || ': ' || subject.kind AS text FROM subject
WHERE NOT EXISTS (
  SELECT 1 FROM "Notification" notice
  WHERE notice."userId" = subject."ownerId" AND notice.kind::text = subject.kind
    AND notice.subject = subject.id::text)
UNION ALL
SELECT 'The owner of ' || notice.subject || ' was told ' || notice.kind || ', and it is ' || job.status
FROM "Notification" notice JOIN "Job" job ON job.id::text = notice.subject
WHERE notice.kind IN ('JOB_FAILED', 'JOB_DONE')
  AND NOT EXISTS (SELECT 1 FROM chaos_history history WHERE history."jobId" = job.id
    AND history.status = CASE notice.kind WHEN 'JOB_FAILED' THEN 'FAILED' ELSE 'COMPLETED' END)
UNION ALL
SELECT 'The owner of ' || told.subject || ' was told ' || told.kind || ' ' || count(*) || ' times'
FROM chaos_told told WHERE told.kind IN ('JOB_FAILED', 'JOB_DONE')
GROUP BY told."userId", told.kind, told.subject
HAVING count(*) > (
  SELECT count(*) FROM chaos_history history WHERE history."jobId"::text = told.subject
    AND history.status = CASE told.kind WHEN 'JOB_FAILED' THEN 'FAILED' ELSE 'COMPLETED' END)
`

/** Of what they were told, people who wish so got one mail. */
const MAILS = `
SELECT 'There are ' || count(job.id) || ' mails of the notification ' || notice.id || ' (' || notice.title || ')' AS text
FROM "Notification" notice JOIN "User" ON "User".id = notice."userId" AND "User"."notifyByMail"
  LEFT JOIN "Job" job ON job."ownerId" = notice."userId"
    AND job."idempotencyKey" = 'notification-' || notice.id
GROUP BY notice.id HAVING count(job.id) <> 1 OR bool_or(notice."mailPending")
`

/** Each ending that somebody is to hear of was told once, and mailed where they wish so. */
export async function notificationProblems(): Promise<Problem[]> {
  const tellWhenDone = definitions.filter(({ notifiesWhenDone }) => notifiesWhenDone)
  return [
    ...(await problemsIn(MISSING, [tellWhenDone.map(({ type }) => type)])),
    ...(await problemsIn(MAILS)),
  ]
}
