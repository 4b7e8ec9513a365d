import type { JobSummary } from '@/lib/jobs/view'

const texts = ['id', 'type', 'status', 'title', 'createdAt', 'runAt'] as const
const numbers = ['attempt', 'maxAttempts'] as const

/** Whether what a stream sent is one; a page of an older version may meet a newer server. */
export function isJobSummary(value: unknown): value is JobSummary {
  if (typeof value !== 'object' || value === null) return false
  const fields = new Map<string, unknown>(Object.entries(value))
  return (
    texts.every((name) => typeof fields.get(name) === 'string') &&
    numbers.every((name) => typeof fields.get(name) === 'number')
  )
}
