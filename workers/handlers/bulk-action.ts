import { formatCount } from '@/lib/format/count'
import { JobError } from '@/lib/jobs/job-error'
import type { BulkInput } from '@/lib/jobs/types/bulk-action'
import type { Handler, JobContext } from '@/workers/runtime/handler'
import { endBulk } from './bulk-action/end'
import { rehearse } from './bulk-action/rehearse'
import { beginBulk, bulkSlice } from './bulk-action/run'

/** Changes all jobs that match, slice by slice; a later attempt goes on where one stopped. */
export const bulkAction: Handler<'bulk-action'> = async (context) => {
  const { signal, log } = context
  try {
    const result = await changeAll(context)
    await endBulk(context, 'completed')
    log(`Matched ${formatCount(result.matched)} jobs, changed ${formatCount(result.changed)}`)
    return result
  } catch (error) {
    if (signal.reason === 'canceled') await endBulk(context, 'canceled')
    else if (!signal.aborted && isLast(context, error)) await endBulk(context, 'failed')
    throw error
  }
}

async function changeAll(context: JobContext<BulkInput>) {
  let state = await beginBulk(context)
  if (context.input.rehearse) state = await rehearse(context, state)
  for (;;) {
    context.signal.throwIfAborted()
    const next = await bulkSlice(context, state)
    if (!next) break
    state = next
    const of = Math.max(state.total, state.matched)
    context.progress(
      Math.floor((100 * state.matched) / of),
      `${formatCount(state.matched)} of ${formatCount(of)} jobs`,
    )
  }
  const { matched, changed } = state
  return { matched, changed, skipped: matched - changed }
}

/** Whether no attempt comes after this error. */
function isLast({ attempt, maxAttempts }: JobContext<BulkInput>, error: unknown): boolean {
  const isFinal = error instanceof JobError && error.options.retryable === false
  return isFinal || attempt >= maxAttempts
}
