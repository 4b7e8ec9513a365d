import type { Viewer } from '@/lib/access/viewer'
import { announced } from '@/lib/db/announce'
import { type Job, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { statusWords } from '../status'
import { type Changed, changeOne } from './one'

type Prioritized = Changed & { wasPriority: number }

/** Changes how urgent those of the jobs are that wait; 1 is the most urgent. */
async function prioritizeJobs(
  tx: Database,
  ids: string[],
  priority: number,
): Promise<Prioritized[]> {
  return tx.$queryRaw<Prioritized[]>(Prisma.sql`
    WITH waiting AS (
      SELECT id, status AS was, priority AS "wasPriority" FROM "Job"
      WHERE id = ANY(${ids}::uuid[]) AND status IN ('SCHEDULED', 'QUEUED', 'RETRYING')
      ORDER BY id FOR UPDATE
    ), changed AS (
      UPDATE "Job" job SET priority = ${priority} FROM waiting WHERE job.id = waiting.id
      RETURNING job.id, job.queue, waiting.was, waiting."wasPriority"
    ), announced AS (${announced('changed')})
    SELECT *, (SELECT count(*)::int FROM announced) AS announcements FROM changed ORDER BY id`)
}

/**
 * Changes how urgent a job is; 1 is the most urgent. Its entry in the queue is the caller's to change.
 * @throws {AppError} `not_found`; `conflict` for a job that runs or has ended
 */
export function prioritizeJob(viewer: Viewer, id: string, priority: number): Promise<Job> {
  return changeOne(viewer, id, {
    action: 'job.priority',
    audited: 'all',
    change: (tx, ids) => prioritizeJobs(tx, ids, priority),
    refusal: ({ status }) =>
      `Only a job that waits can be changed; this one is ${statusWords[status].label.toLowerCase()}.`,
    details: ({ wasPriority }) => ({ before: { priority: wasPriority }, after: { priority } }),
  })
}
