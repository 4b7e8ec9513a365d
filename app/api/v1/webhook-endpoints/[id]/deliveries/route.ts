import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { parsePageQuery } from '@/lib/jobs/list'
import { listDeliveries } from '@/lib/webhooks/deliveries'
import { deliveryView } from '@/lib/webhooks/endpoint-view'

/** Requests made to the endpoint, newest first. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:read')
  const { id } = await params
  const page = parsePageQuery(new URL(request.url).searchParams)
  const { data, nextCursor } = await listDeliveries(viewer, id, page)
  return Response.json({ data: data.map(deliveryView), nextCursor })
})
