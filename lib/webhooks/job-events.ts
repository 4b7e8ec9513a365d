import { NOTIFICATION_TAG } from '@/lib/notifications/notice'

/** What endpoints can hear of by themselves, and what people are told about it. */
export const jobEvents = {
  'job.completed': 'A job of yours is done.',
  'job.failed': 'A job of yours failed for good.',
} as const

/** The columns of "Job" that an event is made of. */
export const eventColumns = `job.id, job."ownerId", job.type, job.title, job.tags, job.status, job.attempt,
    job."batchId", job."scheduleId"`

/**
 * SQL that notes ended jobs as events, as part of the statement that ends them, where an endpoint of
 * their owner wants to hear of it. Webhooks themselves are no events: each would lead to the next.
 * @param endings a SELECT of `eventColumns` as they are now, and of the `error` as JSON or null
 */
export function eventsOf(endings: string): string {
  return `
  INSERT INTO "Event" ("ownerId", type, payload)
  SELECT job."ownerId", event.type, jsonb_build_object(
    'jobId', job.id, 'type', job.type, 'title', job.title, 'status', lower(job.status::text),
    'attempt', job.attempt, 'tags', to_jsonb(job.tags), 'batchId', job."batchId",
    'scheduleId', job."scheduleId", 'error', job.error - 'stack')
  FROM (${endings}) job
    CROSS JOIN LATERAL (SELECT 'job.' || lower(job.status::text) AS type) event
  WHERE job.status IN ('COMPLETED', 'FAILED') AND job.type <> 'webhook'
    AND NOT ('${NOTIFICATION_TAG}' = ANY (job.tags))
    AND EXISTS (
      SELECT 1 FROM "WebhookEndpoint" endpoint
      WHERE endpoint."ownerId" = job."ownerId" AND endpoint.enabled
        AND (endpoint."eventTypes" = '{}' OR event.type = ANY (endpoint."eventTypes")))`
}
