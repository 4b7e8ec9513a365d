import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { jobView } from '@/lib/jobs/view'

/** Cancels a job; a running one is told to stop, and never runs again. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  const { job, cancel } = await cancelJob(viewer, (await params).id)
  return Response.json({ job: jobView(job), cancel })
})
