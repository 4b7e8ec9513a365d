import { NOTIFICATION_TAG } from '@/lib/notifications/notice'

/** What endpoints can hear of by themselves, and what people are told about it. */
export const jobEvents = {
  'job.completed': 'A job of yours is done.',
  'job.failed': 'A job of yours failed for good.',
} as const

/**
 * SQL that notes endings as events where an endpoint that the job's owner had by then wants to hear of it. Webhooks
 * themselves are no events: each would lead to the next.
 * @param endings a table of noted endings (`id`, `jobId`, `type`, `status`, `attempt`, `at`), with their jobs'
 * `ownerId`, `title`, `tags`, `batchId` and `scheduleId`, and the attempt's `error`
 */
export function eventsOf(endings: string): string {
  return `
  INSERT INTO "Event" ("ownerId", type, payload)
  SELECT ending."ownerId", event.type, jsonb_build_object(
    'jobId', ending."jobId", 'type', ending.type, 'title', ending.title,
    'status', lower(ending.status::text), 'attempt', ending.attempt, 'tags', to_jsonb(ending.tags),
    'batchId', ending."batchId", 'scheduleId', ending."scheduleId", 'error', ending.error - 'stack')
  FROM ${endings} ending
    CROSS JOIN LATERAL (SELECT 'job.' || lower(ending.status::text) AS type) event
  WHERE ending.status IN ('COMPLETED', 'FAILED') AND ending.type <> 'webhook'
    AND NOT ('${NOTIFICATION_TAG}' = ANY (ending.tags))
    AND EXISTS (
      SELECT 1 FROM "WebhookEndpoint" endpoint
      WHERE endpoint."ownerId" = ending."ownerId" AND endpoint.enabled
        AND endpoint."createdAt" <= ending.at AND (endpoint."eventTypes" = '{}' OR event.type = ANY (endpoint."eventTypes")))
  ORDER BY ending.id`
}
