import type { Backoff } from '@/lib/jobs/definition'

/** Longest wait between two attempts. */
const MAX_DELAY_MS = 24 * 3600_000

/**
 * Milliseconds to wait after the failed attempt `attempt` (from 1). `exponential` doubles each
 * time; up to a tenth is added at random, so that jobs that failed together do not return together.
 */
export function backoffDelay(backoff: Backoff, attempt: number, random = Math.random()): number {
  const base = backoff.type === 'fixed' ? backoff.delayMs : backoff.delayMs * 2 ** (attempt - 1)
  return Math.round(Math.min(MAX_DELAY_MS, base) * (1 + random / 10))
}

/**
 * Milliseconds until the next attempt: the back-off, or longer where the failure asks for it. It may
 * ask for a day at most; what is no number, or less than the back-off, asks for nothing.
 */
export function retryDelay(backoff: Backoff, attempt: number, asked?: unknown): number {
  const wanted =
    typeof asked === 'number' && asked > 0 ? Math.min(MAX_DELAY_MS, Math.ceil(asked)) : 0
  return Math.max(backoffDelay(backoff, attempt), wanted)
}
