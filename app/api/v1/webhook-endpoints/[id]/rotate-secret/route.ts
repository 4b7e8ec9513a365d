import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { endpointView } from '@/lib/webhooks/endpoint-view'
import { rotateSecret } from '@/lib/webhooks/endpoints'

/** Gives the endpoint a new secret; the old one signs too for a day. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:write')
  const { id } = await params
  const { endpoint, secret } = await rotateSecret(viewer, id)
  return Response.json({ endpoint: endpointView(endpoint), secret })
})
