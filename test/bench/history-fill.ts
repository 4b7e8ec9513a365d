import pg from 'pg'
import type { Viewer } from '@/lib/access/viewer'
import { connectionOptions } from '@/lib/db/pool'
import { followEndings } from '@/workers/supervisor/endings'

/** Somebody with nine jobs of ten, somebody with one of a thousand, and an admin, who sees everyone's. */
export const busy: Viewer = { userId: '00000000-0000-7000-8000-000000000000', role: 'USER' }
export const calm: Viewer = { userId: '00000000-0000-7000-8000-000000000001', role: 'USER' }
export const admin: Viewer = { userId: '00000000-0000-7000-8000-000000000999', role: 'ADMIN' }

/** Whom the job with this number is for; the same words in every title, as people's own have. */
export const recipient = (job: number) => `person${job}@example.com`

const USERS = `
INSERT INTO "User" (id, email, name)
SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'user' || n || '@example.com', 'User ' || n
FROM (SELECT generate_series(0, 100) UNION ALL SELECT 999) AS users (n)`

/**
 * A job every eight seconds until now. A hundredth of them failed, one of two hundred (the newest)
 * still waits, and each of a hundred owners but the busy one has one of a thousand.
 */
const JOBS = `
WITH made AS (
  INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, "maxAttempts", backoff, "timeoutMs",
    priority, tags, "inputHash", turn, "createdAt", "runAt", "startedAt", "finishedAt", attempt)
  SELECT (lpad(to_hex((EXTRACT(EPOCH FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
      || '8' || substr(md5(n::text), 4, 15))::uuid,
    kind.type, kind.queue,
    ('00000000-0000-7000-8000-' || lpad((CASE WHEN n % 10 = 0 THEN 1 + n / 10 % 100 ELSE 0 END)::text, 12, '0'))::uuid,
    (CASE WHEN waits THEN 'QUEUED' WHEN n * 7 % 100 = 0 THEN 'FAILED' ELSE 'COMPLETED' END)::"JobStatus",
    'Welcome to person' || n || '@example.com', '{}', 3, '{"type":"fixed","delayMs":1}',
    60000, 10, CASE WHEN n % 1000 = 1 THEN ARRAY['rare'] ELSE ARRAY[]::text[] END, md5(n::text), n,
    at, at, CASE WHEN NOT waits THEN at + interval '1 second' END,
    CASE WHEN NOT waits THEN at + interval '1 second' * (2 + n % 7) END, CASE WHEN waits THEN 0 ELSE 1 END
  FROM generate_series(1, $1::int) n,
    LATERAL (SELECT now() - interval '8 seconds' * ($1::int - n + 1) AS at, n > $1::int * 0.995 AS waits) AS moment,
    LATERAL (SELECT * FROM (VALUES (0, 'email', 'email'), (1, 'image', 'image-processing'), (2, 'report', 'reports'),
      (3, 'webhook', 'webhooks')) AS kinds (rest, type, queue) WHERE rest = n / 3 % 4) AS kind
  RETURNING *
), noted AS (
  INSERT INTO "Ending" ("ownerId", queue, type, status, attempt, "waitedMs", "ranMs", at)
  SELECT "ownerId", queue, type, status, attempt, 1000, EXTRACT(EPOCH FROM "finishedAt" - "startedAt") * 1000,
    "finishedAt"
  FROM made WHERE "finishedAt" > now() - interval '9 days'
)
INSERT INTO "JobFacts" ("jobId", "ownerId", type, queue, tags, text)
SELECT id, "ownerId", type, queue, tags, lower(title) FROM made`

/** Puts so many jobs of a hundred people on record, with the figures that a worker makes of them. */
export async function fillHistory(count: number): Promise<void> {
  // Its statements take minutes: they have none of the limits that the product's have.
  const client = new pg.Client(connectionOptions())
  await client.connect()
  try {
    await client.query(USERS)
    await client.query(JOBS, [count])
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
  await followEndings()
}
