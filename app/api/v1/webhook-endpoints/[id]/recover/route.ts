import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { sinceSchema } from '@/lib/webhooks/fields'
import { recoverFailed } from '@/lib/webhooks/replay'

/** Tries all webhooks to the endpoint again that failed since a time. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'webhooks:write')
  const { id } = await params
  const { since } = await readJson(request, sinceSchema, { maxBytes: 1_024 })
  return Response.json({ count: await recoverFailed(viewer, id, since) }, { status: 202 })
})
