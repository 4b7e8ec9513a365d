import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { askForBulk, bulkRequestSchema } from '@/lib/jobs/bulk/ask'
import { jobView } from '@/lib/jobs/view'

/** Retries, cancels or deletes all jobs that match a filter: the job that does it. */
export const POST = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:write')
  const job = await askForBulk(viewer, await readJson(request, bulkRequestSchema))
  return Response.json(
    { job: jobView(job) },
    { status: 202, headers: { location: `/api/v1/jobs/${job.id}` } },
  )
})
