import { route } from '@/lib/http/route'
import { openApiDocument } from '@/lib/openapi/document'

/** The HTTP API as an OpenAPI 3.1 document. */
export const GET = route(async () => {
  return Response.json(openApiDocument(), { headers: { 'access-control-allow-origin': '*' } })
})

export const dynamic = 'force-dynamic'
