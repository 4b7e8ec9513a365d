import type { Database } from '@/lib/db/prisma'
import { traced } from '@/lib/telemetry/tracing'
import type { JobRequest } from './request'
import { ENTRY, type EnqueueOutcome, enqueueJobs } from './transitions/enqueue'

/** What became of a request. */
export type RequestOutcome = EnqueueOutcome<{ id: string }>

/**
 * Creates jobs of many types and owners inside the caller's transaction, each on its own: one that
 * cannot be made does not keep the others from it. Takes as many statements as there are
 * combinations of type, requester and rights with something to look up, and one for a thousand jobs.
 * @returns one outcome per request, in their order
 */
export async function enqueueEach(
  tx: Database,
  requests: readonly JobRequest[],
): Promise<RequestOutcome[]> {
  const fields = { 'millrace.batch.count': requests.length }
  return traced('enqueue each', { kind: 'producer', fields }, () =>
    enqueueJobs(tx, requests, ENTRY),
  )
}
