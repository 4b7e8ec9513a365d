import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { getJob } from '@/lib/jobs/read'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { jobView } from '@/lib/jobs/view'
import { jobViewWithWaiting } from '@/lib/jobs/waiting/why'

/** One job, and why it waits. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:read')
  return Response.json({ job: await jobViewWithWaiting(await getJob(viewer, (await params).id)) })
})

/** Deletes an ended job, and answers what it was. */
export const DELETE = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  return Response.json({ job: jobView(await removeJob(viewer, (await params).id)) })
})
