import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { Prisma } from '@/lib/db/generated/client'
import { eligible } from '@/lib/jobs/bulk/action'
import { type BulkChange, changeJobs, firstIds } from '@/lib/jobs/bulk/change'
import { matching } from '@/lib/jobs/lists/matching'

/** Most jobs that can be chosen one by one; more go by a filter. */
const MAX_SELECTED = 100

/** Of what a form says was chosen, what can be ids; the first `MAX_SELECTED` of them. */
export function chosenIds(chosen: readonly string[]): string[] {
  return chosen.filter((id) => isUuid(id)).slice(0, MAX_SELECTED)
}

/**
 * Does one thing to jobs that were chosen by hand: those of them that the viewer may see and that are
 * in a state for it; the others stay as they are.
 * @param chosen the first `MAX_SELECTED` count
 * @returns those that were changed
 */
export async function changeSelected(
  viewer: Viewer,
  what: BulkChange,
  chosen: readonly string[],
): Promise<string[]> {
  const { action } = what
  const wanted = chosenIds(chosen)
  const jobs = matching(
    viewer,
    {},
    {
      conditions: [...eligible(action), Prisma.sql`job.id = ANY(${wanted}::uuid[])`],
    },
  )
  const ids = await firstIds(jobs, MAX_SELECTED)
  let done: string[] = []
  if (ids.length === 0) return done
  await changeJobs(what, ids, jobs, (tx, changed) => {
    done = changed
    const target = { type: 'jobs', id: 'selected' }
    return audit(tx, viewer, `jobs.${action}-selected`, target, { ids, changed: changed.length })
  })
  return done
}
