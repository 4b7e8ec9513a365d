import { appendFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { defineJob } from '@/lib/jobs/definition'
import { JobError } from '@/lib/jobs/job-error'
import { probe } from '@/test/support/probe'
import type { JobContext } from '@/workers/runtime/handler'
import type { RunnableJob } from '@/workers/runtime/registry'
import { beOdd } from './oddities'

// Job types of a developer's own, which do what the built-in ones never do.

const common = {
  queue: probe.declaredQueue,
  backoff: { type: 'fixed', delayMs: 50 } as const,
  async prepare(_db: unknown, inputs: readonly unknown[]) {
    return inputs.map(() => ({ title: 'Chaos' }))
  },
}

const oddInput = z.strictObject({ ledger: z.string(), oddity: z.string() })

/** Returns, throws or reports something no record can hold. */
export const odd = defineJob({
  ...common,
  type: 'odd',
  label: 'Odd',
  description: 'Gives what no record can hold.',
  input: oddInput,
  output: z.any(),
})

const slowInput = z.strictObject({
  ledger: z.string(),
  /** How long it takes. */
  ms: z.int(),
  /** Ends by failing, and asks for its next attempt after so long: JSON has no NaN, so it is a text. */
  retryAfter: z.string().optional(),
  /** Attempts up to this one end their process, by an error that nobody waits for. */
  crashes: z.int().default(0),
})

/** Takes its time, and may then fail, or take its process with it. */
export const slow = defineJob({
  ...common,
  type: 'slow',
  label: 'Slow',
  description: 'Takes its time.',
  input: slowInput,
  output: z.object({ attempt: z.int() }),
})

/** A type that only the newer of two versions knows. */
export const novel = defineJob({
  ...common,
  type: 'novel',
  label: 'Novel',
  description: 'Came with the last release.',
  input: z.strictObject({ ledger: z.string() }),
  output: z.object({ attempt: z.int() }),
})

async function note({ jobId, attempt }: JobContext<unknown>, ledger: string): Promise<void> {
  await appendFile(ledger, `${jobId} ${attempt} ${process.pid}\n`)
}

async function runOdd(context: JobContext<unknown>): Promise<unknown> {
  const { ledger, oddity } = oddInput.parse(context.input)
  await note(context, ledger)
  return beOdd(oddity, context)
}

async function runSlow(context: JobContext<unknown>) {
  const { attempt, signal } = context
  const { ledger, ms, retryAfter, crashes } = slowInput.parse(context.input)
  await note(context, ledger)
  await pause(ms, undefined, { signal })
  if (attempt <= crashes) {
    Promise.reject(new Error('Nobody waits for me'))
    await pause(60_000, undefined, { signal })
  }
  if (retryAfter !== undefined) {
    throw new JobError('flaky', 'It failed this time.', { retryAfterMs: Number(retryAfter) })
  }
  return { attempt }
}

async function runNovel(context: JobContext<unknown>) {
  const { ledger } = novel.input.parse(context.input)
  await note(context, ledger)
  return { attempt: context.attempt }
}

export const chaosJobs: readonly RunnableJob[] = [
  { definition: odd, load: async () => runOdd },
  { definition: slow, load: async () => runSlow },
]

/** A known type whose inputs are of a version that only the newer of two programs knows. */
export const renewed = { ...slow, inputVersion: 2 }

/** What a worker of the newer version knows besides, and instead. */
export const newerJobs: readonly RunnableJob[] = [
  { definition: novel, load: async () => runNovel },
  { definition: renewed, load: async () => runSlow },
]
