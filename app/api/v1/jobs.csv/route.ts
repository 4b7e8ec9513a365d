import { fileNames } from '@/lib/files/content-headers'
import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { exportJobs, exportName } from '@/lib/jobs/export'
import { jobFilterSchema } from '@/lib/jobs/filter'
import { parseFilterQuery } from '@/lib/jobs/list'

/** What the list shows with these filters, all of it, as a file for spreadsheets. */
export const GET = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:read')
  const filter = parseFilterQuery(new URL(request.url).searchParams)
  const lines = exportJobs(viewer, jobFilterSchema.parse(filter))
  return new Response(streamOf(lines), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; ${fileNames(exportName(filter, new Date()))}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
})

/** Reads on only as fast as the client does, and stops when it goes away. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 1 },
  )
}
