import { v7 as uuidv7 } from 'uuid'
import { prisma } from '@/lib/db/prisma'

/** Jobs of a hundred days, in as many shapes as a report tells apart. */
const INSERT = `
INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, error, attempt, "maxAttempts",
  backoff, "timeoutMs", "inputHash", tags, "createdAt", "runAt", "startedAt", "finishedAt")
SELECT uuidv7(), type, type, $1::uuid, status::"JobStatus", 'Job ' || n || ' for ann@example.com',
  '{}', CASE WHEN status = 'FAILED' THEN jsonb_build_object('name', 'JobError', 'code', 'code_' || n % 3,
    'message', 'Server ' || n || ' refused “file ' || n || '.png” of bob' || n || '@example.com') END,
  1, 3, '{}', 60000, '', ARRAY['tag ' || n % 7], created, created, started,
  CASE WHEN status <> 'ACTIVE' THEN started + (n * 7919::bigint % 90000 + 5) * interval '1 millisecond' END
FROM (
  SELECT n, (ARRAY['email', 'image', 'webhook', 'report'])[1 + (n % 11) % 4] AS type,
    (ARRAY['COMPLETED', 'COMPLETED', 'COMPLETED', 'FAILED', 'COMPLETED', 'CANCELED', 'COMPLETED',
      'ACTIVE', 'COMPLETED', 'COMPLETED'])[1 + (n * 31::bigint % 10)::int] AS status,
    $4::timestamptz + (n * 104729::bigint % 8640000) * interval '1 second' AS created,
    $4::timestamptz + (n * 104729::bigint % 8640000) * interval '1 second'
      + (n % 977 * 13) * interval '1 millisecond' AS started
  FROM generate_series($2::int, $3::int) n
) made`

/** Written by one statement, which has to end within the pool's time limit. */
const AT_ONCE = 50_000

/** Writes `count` jobs of an owner, created within the hundred days from `from`. */
export async function createReportJobs(ownerId: string, count: number, from: string) {
  for (let first = 1; first <= count; first += AT_ONCE) {
    const last = Math.min(count, first + AT_ONCE - 1)
    await prisma().$executeRawUnsafe(INSERT, ownerId, first, last, from)
  }
}

type Details = {
  createdAt: Date
  title?: string
  /** Makes it a failed job. */
  error?: { name: string; message: string; code: string }
  tags?: string[]
}

/** One job that ended a second after it was created. */
export async function createReportJob(ownerId: string, details: Details): Promise<void> {
  const { createdAt, title = 'A job', error, tags = [] } = details
  await prisma().job.create({
    data: {
      ...{ id: uuidv7(), ownerId, type: 'email', queue: 'email', title, input: {}, tags },
      ...{ maxAttempts: 3, backoff: {}, timeoutMs: 60_000, inputHash: '', attempt: 1 },
      ...{ createdAt, runAt: createdAt, startedAt: createdAt },
      finishedAt: new Date(createdAt.getTime() + 1_000),
      status: error ? 'FAILED' : 'COMPLETED',
      ...(error ? { error } : {}),
    },
  })
}
