import { deleteFile } from '@/lib/files/delete'
import { getFile } from '@/lib/files/read'
import { fileView } from '@/lib/files/view'
import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'

/** One file's record. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'files:read')
  return Response.json({ file: fileView(await getFile(viewer, (await params).id)) })
})

/** Deletes a file that no unfinished job needs, and answers what it was. */
export const DELETE = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'files:write')
  const { id } = await params
  const file = await getFile(viewer, id)
  await deleteFile(viewer, id)
  return Response.json({ file: fileView(file) })
})
