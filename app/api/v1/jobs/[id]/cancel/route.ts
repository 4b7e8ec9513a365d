import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { cancelJob } from '@/lib/jobs/change'
import { jobView } from '@/lib/jobs/view'

/** Cancels a job that has not ended; a running one is told to stop. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  return Response.json({ job: jobView(await cancelJob(viewer, (await params).id)) })
})
