import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { jobView } from '@/lib/jobs/view'
import { replaySchema } from '@/lib/webhooks/fields'
import { replayDelivery } from '@/lib/webhooks/replay'

/** Sends the message of one delivery again. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:write')
  const { id } = await params
  const { deliveryId } = await readJson(request, replaySchema, { maxBytes: 1_024 })
  const job = await replayDelivery(viewer, id, deliveryId)
  return Response.json(
    { job: jobView(job) },
    { status: 202, headers: { location: `/api/v1/jobs/${job.id}` } },
  )
})
