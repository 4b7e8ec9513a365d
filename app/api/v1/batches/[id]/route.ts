import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { batchView, getBatch } from '@/lib/jobs/batches'

/** One batch, and how many of its jobs are in each status. */
export const GET = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:read')
  return Response.json({ batch: batchView(await getBatch(viewer, (await params).id)) })
})
