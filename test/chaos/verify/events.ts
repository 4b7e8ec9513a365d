import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { type Problem, problemsIn } from './problem'

const LEFT = `SELECT 'The event ' || id || ' (' || type || ') was never sent' AS text FROM "Event"`

/** Each such ending is one webhook to each endpoint, and no other says that it happened. */
const SENT = `
WITH ending AS (
  SELECT job.id, history.status, job."ownerId", endpoint.id AS endpoint, count(DISTINCT history.place) AS times
  FROM chaos_history history JOIN "Job" job ON job.id = history."jobId"
    JOIN "WebhookEndpoint" endpoint ON endpoint."ownerId" = job."ownerId" AND endpoint.enabled
      AND endpoint."createdAt" <= job."createdAt"
      AND (endpoint."eventTypes" = '{}' OR 'job.' || lower(history.status) = ANY (endpoint."eventTypes"))
  WHERE history.status IN ('COMPLETED', 'FAILED') AND job.type <> 'webhook'
    AND NOT ('${NOTIFICATION_TAG}' = ANY (job.tags))
  GROUP BY job.id, history.status, endpoint.id
), webhook AS (
  SELECT input ->> 'endpointId' AS endpoint, input ->> 'event' AS event,
    input -> 'payload' ->> 'jobId' AS "jobId", count(*) AS times
  FROM "Job" WHERE type = 'webhook' AND input ->> 'event' IN ('job.completed', 'job.failed')
    AND input ->> 'endpointId' IS NOT NULL
  GROUP BY 1, 2, 3
)
SELECT 'Of ' || ending.id || ' being ' || ending.status || ' ' || ending.times || ' times, '
  || COALESCE(webhook.times, 0) || ' webhooks told' AS text
FROM ending LEFT JOIN webhook ON webhook.endpoint = ending.endpoint::text
  AND webhook.event = 'job.' || lower(ending.status) AND webhook."jobId" = ending.id::text
WHERE COALESCE(webhook.times, 0) <> ending.times
UNION ALL
SELECT 'A webhook told ' || webhook.event || ' of ' || webhook."jobId" || ', which did not happen'
FROM webhook WHERE NOT EXISTS (
  SELECT 1 FROM ending WHERE ending.id::text = webhook."jobId"
    AND webhook.event = 'job.' || lower(ending.status) AND ending.endpoint::text = webhook.endpoint)
`

/** Each ending's event became its webhooks, and none is left behind. */
export async function eventProblems(): Promise<Problem[]> {
  return [...(await problemsIn(LEFT)), ...(await problemsIn(SENT))]
}
