import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { Prisma } from '@/lib/db/generated/client'
import { eligible } from '@/lib/jobs/bulk/action'
import { type BulkChange, changeJobs, firstIds } from '@/lib/jobs/bulk/change'
import { matching } from '@/lib/jobs/lists/matching'

/** Most jobs that can be chosen one by one; more go by a filter. */
const MAX_SELECTED = 100

/**
 * Does one thing to jobs that were chosen by hand: those of them that the viewer may see and that are
 * in a state for it; the others stay as they are.
 * @param chosen the first `MAX_SELECTED` count
 * @returns how many were changed
 */
export async function changeSelected(
  viewer: Viewer,
  what: BulkChange,
  chosen: readonly string[],
): Promise<number> {
  const { action } = what
  const wanted = chosen.filter((id) => isUuid(id)).slice(0, MAX_SELECTED)
  const jobs = matching(
    viewer,
    {},
    {
      conditions: [...eligible(action), Prisma.sql`job.id = ANY(${wanted}::uuid[])`],
    },
  )
  const ids = await firstIds(jobs, MAX_SELECTED)
  if (ids.length === 0) return 0
  return changeJobs(what, ids, jobs, (tx, changed) =>
    audit(
      tx,
      viewer,
      `jobs.${action}-selected`,
      { type: 'jobs', id: 'selected' },
      { ids, changed },
    ),
  )
}
