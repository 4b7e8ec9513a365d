import type { AttemptView } from '@/lib/jobs/view'

const reasons: Record<string, string> = {
  first: 'First attempt',
  backoff: 'After the one before failed',
  worker_lost: 'After its worker was lost',
  worker_shutdown: 'After its worker shut down',
  manual_retry: 'Retried by hand',
}

const outcomes: Record<string, { label: string; status: string }> = {
  completed: { label: 'Completed', status: 'completed' },
  failed: { label: 'Failed', status: 'failed' },
  timed_out: { label: 'Timed out', status: 'failed' },
  canceled: { label: 'Canceled', status: 'canceled' },
  lost: { label: 'Worker lost', status: 'failed' },
  interrupted: { label: 'Interrupted by a shutdown', status: 'canceled' },
}

/** Why an attempt ran, in words. */
export function reasonWords({ reason }: AttemptView): string {
  return reasons[reason] ?? reason
}

/** How an attempt ended, in words, and the status whose colour that has. */
export function outcomeWords({ outcome }: AttemptView): { label: string; status: string } {
  if (outcome === null) return { label: 'Running', status: 'active' }
  return outcomes[outcome] ?? { label: outcome, status: 'queued' }
}
