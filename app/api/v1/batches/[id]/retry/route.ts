import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { batchView, getBatch } from '@/lib/jobs/batches'
import { retryFailedOfBatch } from '@/lib/jobs/change-batch'

/** Runs again what has failed of a batch. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  const { id } = await params
  const count = await retryFailedOfBatch(viewer, id)
  return Response.json({ count, batch: batchView(await getBatch(viewer, id)) })
})
