import { authenticate } from '@/lib/http/authenticate'
import { withHeaderKey } from '@/lib/http/idempotency-key'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { listJobs, parseJobQuery } from '@/lib/jobs/list'
import { listedViews, summaryViews } from '@/lib/jobs/listed'
import { submissionSchema, submitJob } from '@/lib/jobs/submit'
import { jobView } from '@/lib/jobs/view'

/** Jobs the caller may see, newest first. */
export const GET = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:read')
  const { filter, page, isSummary } = parseJobQuery(new URL(request.url).searchParams)
  const { data, nextCursor } = await listJobs(viewer, filter, page)
  const views = isSummary ? summaryViews(data) : await listedViews(data)
  return Response.json({ data: views, nextCursor })
})

/** Creates a job: 202, or 200 with the job that the idempotency key or a running twin led to. */
export const POST = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:write')
  const submission = withHeaderKey(await readJson(request, submissionSchema), request)
  const { job, created } = await submitJob(viewer, submission)
  return Response.json(
    { job: jobView(job) },
    { status: created ? 202 : 200, headers: { location: `/api/v1/jobs/${job.id}` } },
  )
})
