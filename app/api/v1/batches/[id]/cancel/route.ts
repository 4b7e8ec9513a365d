import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { batchView, getBatch } from '@/lib/jobs/batches'
import { cancelBatch } from '@/lib/jobs/change-batch'

/** Cancels what has not ended of a batch; running jobs are told to stop. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  const { id } = await params
  const count = await cancelBatch(viewer, id)
  return Response.json({ count, batch: batchView(await getBatch(viewer, id)) })
})
