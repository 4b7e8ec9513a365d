import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { jobView } from '@/lib/jobs/view'

/** Runs a failed or canceled job again. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  return Response.json({ job: jobView(await retryJob(viewer, (await params).id)) })
})
