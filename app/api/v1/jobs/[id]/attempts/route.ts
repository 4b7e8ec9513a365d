import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { listAttempts } from '@/lib/jobs/read'
import { attemptView } from '@/lib/jobs/view'

/** The job's attempts, in order. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:read')
  const attempts = await listAttempts(viewer, (await params).id)
  return Response.json({ data: attempts.map(attemptView), nextCursor: null })
})
