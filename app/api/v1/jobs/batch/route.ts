import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { batchSubmissionSchema, MAX_BATCH_BYTES, submitBatch } from '@/lib/jobs/submit-batch'

/** Creates up to 10,000 jobs of one type: all, or none. */
export const POST = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:write')
  const submission = await readJson(request, batchSubmissionSchema, { maxBytes: MAX_BATCH_BYTES })
  const { batchId, count } = await submitBatch(viewer, submission)
  return Response.json(
    { batchId, count },
    { status: 202, headers: { location: `/api/v1/batches/${batchId}` } },
  )
})
