import { receiveForm } from '@/lib/files/form'
import { listFiles } from '@/lib/files/read'
import { fileView } from '@/lib/files/view'
import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { parsePageQuery } from '@/lib/jobs/list'

/** Files the caller may see, newest first. */
export const GET = route(async (request) => {
  const viewer = await authenticate(request, 'files:read')
  const page = parsePageQuery(new URL(request.url).searchParams)
  const { data, nextCursor } = await listFiles(viewer, page)
  return Response.json({ data: data.map(fileView), nextCursor })
})

/** Stores the image in the form's field `file`. */
export const POST = route(async (request) => {
  const viewer = await authenticate(request, 'files:write')
  const file = fileView(await receiveForm(viewer, request))
  return Response.json({ file }, { status: 201, headers: { location: `/api/v1/files/${file.id}` } })
})
