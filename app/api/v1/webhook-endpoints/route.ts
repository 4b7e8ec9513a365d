import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { parsePageQuery } from '@/lib/jobs/list'
import { endpointView } from '@/lib/webhooks/endpoint-view'
import { createEndpoint, listEndpoints } from '@/lib/webhooks/endpoints'
import { newEndpointSchema } from '@/lib/webhooks/fields'

/** Webhook endpoints, newest first. */
export const GET = route(async (request) => {
  const viewer = await authenticate(request, 'webhooks:read')
  const page = parsePageQuery(new URL(request.url).searchParams)
  const { data, nextCursor } = await listEndpoints(viewer, page)
  return Response.json({ data: data.map(endpointView), nextCursor })
})

/** Creates an endpoint; only this answer carries its secret. */
export const POST = route(async (request) => {
  const viewer = await authenticate(request, 'webhooks:write')
  const input = await readJson(request, newEndpointSchema, { maxBytes: 16_384 })
  const { endpoint, secret } = await createEndpoint(viewer, input)
  return Response.json(
    { endpoint: endpointView(endpoint), secret },
    { status: 201, headers: { location: `/api/v1/webhook-endpoints/${endpoint.id}` } },
  )
})
