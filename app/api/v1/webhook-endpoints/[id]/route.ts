import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { endpointView } from '@/lib/webhooks/endpoint-view'
import { deleteEndpoint, getEndpoint, updateEndpoint } from '@/lib/webhooks/endpoints'
import { endpointChangesSchema } from '@/lib/webhooks/fields'

type Params = { id: string }

/** One endpoint. */
export const GET = route<Params>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:read')
  const { id } = await params
  return Response.json({ endpoint: endpointView(await getEndpoint(viewer, id)) })
})

/** Changes what the body names. */
export const PATCH = route<Params>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:write')
  const { id } = await params
  const changes = await readJson(request, endpointChangesSchema, { maxBytes: 16_384 })
  return Response.json({ endpoint: endpointView(await updateEndpoint(viewer, id, changes)) })
})

/** Deletes an endpoint with its delivery log. */
export const DELETE = route<Params>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:write')
  const { id } = await params
  await deleteEndpoint(viewer, id)
  return new Response(null, { status: 204 })
})
