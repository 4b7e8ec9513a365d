import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import type { JobFilter } from '@/lib/jobs/filter'
import { listJobs } from '@/lib/jobs/list'
import { quantile } from './report'

const OWNER = '00000000-0000-7000-8000-000000000001'
const ROUNDS = 15
/** Jobs made by one statement, which has the limit of any other. */
const SLICE = 50_000
const PAGE = { limit: 50 }

/** Jobs of one owner, spread over a year; a hundredth of them failed. */
const FILL = `
WITH made AS (
  INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, "maxAttempts", backoff, "timeoutMs",
    priority, tags, "inputHash", turn, "createdAt", "runAt", "startedAt", "finishedAt", attempt, "dispatchedAt")
  SELECT (lpad(to_hex(1700000000000 + n::bigint * 31000), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
    CASE n % 4 WHEN 0 THEN 'email' WHEN 1 THEN 'image' WHEN 2 THEN 'report' ELSE 'webhook' END, 'bench', $2::uuid,
    (CASE WHEN n % 100 = 0 THEN 'FAILED' ELSE 'COMPLETED' END)::"JobStatus", 'Job ' || n, '{}', 3, '{"type":"fixed","delayMs":1}',
    60000, 10, CASE WHEN n % 1000 = 0 THEN ARRAY['rare'] ELSE ARRAY[]::text[] END, md5(n::text), n,
    to_timestamp(1700000000 + n * 31), to_timestamp(1700000000 + n * 31), to_timestamp(1700000001 + n * 31),
    to_timestamp(1700000002 + n * 31), 1, now()
  FROM generate_series($3::int, $1::int - 1) n RETURNING *
)
INSERT INTO "JobFacts" ("jobId", "ownerId", type, queue, tags, text)
SELECT id, "ownerId", type, queue, tags, lower(title) FROM made`

/** Median milliseconds of each page the list can be asked for, with so many jobs on record. */
export async function historyTimes(count: number): Promise<Record<string, number>> {
  const already = await prisma().job.count({ where: { ownerId: OWNER } })
  if (already === 0) {
    await prisma().user.create({ data: { id: OWNER, email: 'bench@example.com', name: 'Bench' } })
  }
  for (let from = already; from < count; from += SLICE) {
    await pool().query(FILL, [Math.min(from + SLICE, count), OWNER, from])
  }
  await pool().query('VACUUM ANALYZE "Job", "JobFacts"')
  const rows = await prisma().job.findMany({
    where: { ownerId: OWNER },
    orderBy: { id: 'desc' },
    skip: Math.floor(count * 0.8),
    take: 1,
  })
  const deep = rows[0]?.id
  const viewer = { userId: OWNER, role: 'USER' } as const
  const filters: Record<string, JobFilter> = {
    all: {},
    'by type': { type: 'image' },
    'by status': { status: 'FAILED' },
    'by tag': { tag: 'rare' },
    'by text': { q: 'job 100' },
    'by type and status': { type: 'email', status: 'FAILED' },
    'by tag and status': { tag: 'rare', status: 'FAILED' },
    'by text and status': { q: 'job', status: 'FAILED' },
    'by queue': { queue: 'bench' },
    'by a tag of none': { tag: 'none' },
    'by when it ended': {
      queue: 'bench',
      endedFrom: new Date(1_700_000_000_000),
      endedTo: new Date(1_700_003_600_000),
    },
  }
  const pages = Object.entries(filters).flatMap(([name, filter]) => [
    { name, run: () => listJobs(viewer, filter, PAGE) },
    { name: `${name}, deep`, run: () => listJobs(viewer, filter, { ...PAGE, cursor: deep }) },
  ])
  const times: Record<string, number> = {}
  for (const { name, run } of pages) times[name] = await timed(run)
  return times
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now()
    await run()
    times.push(performance.now() - begin)
  }
  return quantile(times, 0.5)
}
