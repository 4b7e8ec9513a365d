import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { getJob } from '@/lib/jobs/read'
import { jobStream } from '@/lib/live/job-stream'

/** Server-sent events: the job as it is, each change, its attempts and log lines, until it ends. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:read')
  const { id } = await getJob(viewer, (await params).id)
  return jobStream(viewer, id, request)
})
