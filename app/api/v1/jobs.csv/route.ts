import { fileNames } from '@/lib/files/content-headers'
import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { streamText } from '@/lib/http/stream-text'
import { exportJobs, exportName } from '@/lib/jobs/export'
import { jobFilterSchema } from '@/lib/jobs/filter'
import { parseFilterQuery } from '@/lib/jobs/list'

/** What the list shows with these filters, all of it, as a file for spreadsheets. */
export const GET = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:read')
  const filter = parseFilterQuery(new URL(request.url).searchParams)
  const lines = exportJobs(viewer, jobFilterSchema.parse(filter))
  return new Response(streamText(lines), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; ${fileNames(exportName(filter, new Date()))}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
})
