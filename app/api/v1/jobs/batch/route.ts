import { authenticate } from '@/lib/http/authenticate'
import { withRoom } from '@/lib/http/big-bodies'
import { withHeaderKey } from '@/lib/http/idempotency-key'
import { readBody } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { batchLimits, MAX_BATCH_BYTES, parseBatch, submitBatch } from '@/lib/jobs/submit-batch'

/** Creates up to 10,000 jobs of one type, all or none: 202, or 200 with the batch that the idempotency key led to. */
export const POST = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:write')
  const batch = await withRoom(viewer.userId, request, MAX_BATCH_BYTES, async () => {
    const body = await readBody(request, { maxBytes: MAX_BATCH_BYTES, limits: batchLimits })
    return submitBatch(viewer, withHeaderKey(await parseBatch(body), request))
  })
  const { batchId, count, created, repeated } = batch
  return Response.json(
    { batchId, count, created },
    { status: repeated ? 200 : 202, headers: { location: `/api/v1/batches/${batchId}` } },
  )
})
