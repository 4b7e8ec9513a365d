import type { Catalog, JobType } from '@/lib/jobs/catalog'
import type { InputOf } from '@/lib/jobs/definition'
import type { JobContext } from '@/workers/runtime/handler'

export type RecordedContext<Input> = JobContext<Input> & {
  lines: string[]
  percents: number[]
}

/** What a handler is given, for calling it directly; what it reports is kept. */
export function jobContext<T extends JobType>(
  input: InputOf<Catalog[T]>,
  given: { jobId: string; ownerId: string | null; attempt?: number; signal?: AbortSignal },
): RecordedContext<InputOf<Catalog[T]>> {
  const lines: string[] = []
  const percents: number[] = []
  return {
    attempt: 1,
    maxAttempts: 3,
    signal: new AbortController().signal,
    idempotencyKey: given.jobId,
    ...given,
    input,
    lines,
    percents,
    progress: (percent) => percents.push(percent),
    log: (message) => lines.push(message),
  }
}
