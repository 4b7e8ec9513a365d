import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { parseLogQuery } from '@/lib/jobs/list'
import { listLogs } from '@/lib/jobs/read'
import { logView } from '@/lib/jobs/view'

/** The job's log lines, oldest first. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:read')
  const page = parseLogQuery(new URL(request.url).searchParams)
  const { data, nextCursor } = await listLogs(viewer, (await params).id, page)
  return Response.json({ data: data.map(logView), nextCursor })
})
