import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { jobView } from '@/lib/jobs/view'
import { sendTest } from '@/lib/webhooks/send-test'

/** Sends a test event. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:write')
  const { id } = await params
  const job = await sendTest(viewer, id)
  return Response.json(
    { job: jobView(job) },
    { status: 202, headers: { location: `/api/v1/jobs/${job.id}` } },
  )
})
