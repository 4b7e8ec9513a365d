import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import { withLogFields } from '@/lib/telemetry/context'
import { type OpenSpan, type SpanFields, traced, tracePast } from '@/lib/telemetry/tracing'

/**
 * Runs `work` as one attempt of a job: its log lines say which, and its spans continue the trace of
 * what created the job, with the time it waited.
 */
export function withAttemptContext<T>(
  claimed: ClaimedAttempt,
  workerId: string,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  const { jobId, attempt, queue, type, ownerId } = claimed
  return withLogFields({ jobId, attempt, queue, type, userId: ownerId, workerId }, () => {
    const fields = spanFields(claimed, workerId)
    traceWait(claimed, fields)
    const options = { kind: 'consumer', fields, parent: claimed.traceparent } as const
    return traced(`attempt ${type}`, options, work)
  })
}

function spanFields(claimed: ClaimedAttempt, workerId: string): SpanFields {
  return {
    'millrace.job.id': claimed.jobId,
    'millrace.job.type': claimed.type,
    'millrace.job.attempt': claimed.attempt,
    'millrace.queue': claimed.queue,
    'millrace.worker.id': workerId,
  }
}

/** The time has passed already; it began in another process, and is told by the database's clock. */
function traceWait({ type, traceparent, waitedMs }: ClaimedAttempt, fields: SpanFields): void {
  if (!traceparent || waitedMs === null) return
  const end = Date.now()
  const start = end - Math.max(0, waitedMs)
  tracePast(`wait ${type}`, { fields, parent: traceparent, start, end })
}
