import type { AttemptView } from '@/lib/jobs/view'

const reasons: Record<string, string> = {
  worker_lost: 'after its worker was lost',
  worker_shutdown: 'after its worker shut down',
  manual_retry: 'retried by hand',
}

const outcomes: Record<string, { label: string; status: string }> = {
  completed: { label: 'completed', status: 'completed' },
  failed: { label: 'failed', status: 'failed' },
  timed_out: { label: 'timed out', status: 'failed' },
  canceled: { label: 'canceled', status: 'canceled' },
  lost: { label: 'worker lost', status: 'failed' },
  interrupted: { label: 'interrupted by a shutdown', status: 'canceled' },
}

/** Why an attempt ran, in words; undefined where that is plain. */
export function reasonWords({ reason }: AttemptView): string | undefined {
  return reasons[reason]
}

/** How an attempt ended, in words, and the status whose colour that has. */
export function outcomeWords({ outcome }: AttemptView): { label: string; status: string } {
  if (outcome === null) return { label: 'running', status: 'active' }
  return outcomes[outcome] ?? { label: outcome, status: 'queued' }
}
