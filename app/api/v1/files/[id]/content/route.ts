import type { Readable } from 'node:stream'
import { contentHeaders } from '@/lib/files/content-headers'
import { getFile, openFile } from '@/lib/files/read'
import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'

/** The file's bytes: as a download, or `?inline=1` to be shown where it is an image or a report. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'files:read')
  const { id } = await params
  const inline = new URL(request.url).searchParams.get('inline') === '1'
  const headers = contentHeaders(await getFile(viewer, id), inline)
  if (request.headers.get('if-none-match') === headers.get('etag')) {
    return new Response(null, { status: 304, headers })
  }
  const { stream } = await openFile(viewer, id, { signal: request.signal })
  return new Response(bytesOf(stream), { headers })
})

/** What `GET` would say about the file, without its bytes. */
export const HEAD = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'files:read')
  const file = await getFile(viewer, (await params).id)
  return new Response(null, { headers: contentHeaders(file, false) })
})

function bytesOf(stream: Readable): ReadableStream<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel() {
      stream.destroy()
    },
  })
}
