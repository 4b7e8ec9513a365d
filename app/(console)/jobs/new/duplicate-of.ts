import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { AppError } from '@/lib/errors/app-error'
import { getJob } from '@/lib/jobs/read'
import { type JobView, jobView } from '@/lib/jobs/view'
import { reasonTags } from '@/lib/webhooks/tags'

/** The job a form is to start from (`?from=`), when it is of this type and still there. */
export async function duplicateOf(
  viewer: Viewer,
  type: string,
  from: string | string[] | undefined,
): Promise<JobView | undefined> {
  if (typeof from !== 'string' || !isUuid(from)) return undefined
  try {
    const job = await getJob(viewer, from)
    if (job.type !== type) return undefined
    const view = jobView(job)
    return { ...view, tags: view.tags.filter((tag) => !reasonTags.includes(tag)) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  }
}
