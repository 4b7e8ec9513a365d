import { notFound } from 'next/navigation'
import { exportAudit } from '@/app/_server/audit/export'
import { parseAuditQuery } from '@/app/_server/audit/list'
import { viewerOfRequest } from '@/app/_server/http/authenticate'
import { route } from '@/app/_server/http/route'
import { streamOf } from '@/app/_server/http/stream-of'

/** The audit log as a file for spreadsheets, narrowed like the page; for admins only. */
export const GET = route(async (request) => {
  const viewer = await viewerOfRequest(request)
  if (viewer?.role !== 'ADMIN') notFound()
  const asked = [...new URL(request.url).searchParams].filter(([, value]) => value !== '')
  const { cursor: _unused, ...filter } = parseAuditQuery(Object.fromEntries(asked))
  const day = new Date().toISOString().slice(0, 10)
  return new Response(streamOf(await exportAudit(viewer, filter)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="audit-log-${day}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
})
