import { access, appendFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { defineJob } from '@/lib/jobs/definition'
import { JobError, permanentError } from '@/lib/jobs/job-error'
import { defineQueue } from '@/lib/jobs/queue'
import type { JobContext } from '@/workers/runtime/handler'
import type { RunnableJob } from '@/workers/runtime/registry'

const input = z.strictObject({
  /** Every run of the handler appends a line with the attempt's number to this file. */
  effects: z.string().optional(),
  /** The same for the runs of many jobs: a line with the job's id, the attempt and the process. */
  ledger: z.string().optional(),
  /** Attempts up to this one kill their own process right after their line is written. */
  crashes: z.int().default(0),
  /** The same by an error that nobody catches. */
  rejections: z.int().default(0),
  /** How long the handler works before it crashes or goes on. */
  worksMs: z.int().default(0),
  /** The handler goes on once this file exists. */
  gate: z.string().optional(),
  /** Attempts up to this one fail. */
  failures: z.int().default(0),
  /** A failure is final. */
  permanent: z.boolean().default(false),
  /** Earliest next attempt the failure asks for. */
  retryAfterMs: z.int().optional(),
  /** The handler does not stop when told to. */
  stubborn: z.boolean().default(false),
  progress: z.array(z.number()).default([]),
  answer: z.unknown().optional(),
})

const common = {
  queue: defineQueue({ name: 'probe', concurrency: 20 }),
  label: 'Probe',
  description: 'Does what a test tells it to.',
  input,
  output: z.object({ answer: z.unknown().optional(), attempt: z.int() }),
  attempts: 3,
  backoff: { type: 'fixed', delayMs: 50 } as const,
  async prepare(_db: unknown, inputs: readonly unknown[]) {
    return inputs.map(() => ({ title: 'Probe' }))
  },
}

export const probe = defineJob({ ...common, type: 'probe' })

/** Gives an attempt 300 ms. */
export const hastyProbe = defineJob({ ...common, type: 'hasty-probe', timeoutMs: 300 })

/** Jobs that do not end at the same time are one job. */
export const singleProbe = defineJob({
  ...common,
  type: 'single-probe',
  async prepare(_db, inputs) {
    return inputs.map(() => ({ title: 'Single probe', dedupeKey: 'single' }))
  },
})

async function run(context: JobContext<unknown>): Promise<z.output<typeof common.output>> {
  const { attempt, jobId, signal } = context
  const told = input.parse(context.input)
  if (told.effects) await appendFile(told.effects, `${attempt}\n`)
  if (told.ledger) await appendFile(told.ledger, `${jobId} ${attempt} ${process.pid}\n`)
  if (told.worksMs > 0) await pause(told.worksMs, undefined, { signal })
  if (attempt <= told.crashes) process.kill(process.pid, 'SIGKILL')
  if (attempt <= told.rejections) {
    Promise.reject(new TypeError('nothing is not a function'))
    await pause(60_000, undefined, { signal })
  }
  context.log(`Attempt ${attempt} started`)
  for (const percent of told.progress) context.progress(percent, `At ${percent}`)
  if (told.gate) await passGate(told.gate, told.stubborn ? undefined : signal)
  if (attempt <= told.failures) {
    if (told.permanent) throw permanentError('broken', 'It is broken for good.')
    throw new JobError('flaky', 'It failed this time.', {
      ...(told.retryAfterMs ? { retryAfterMs: told.retryAfterMs } : {}),
    })
  }
  return { answer: told.answer, attempt }
}

async function passGate(gate: string, signal: AbortSignal | undefined): Promise<void> {
  while (!(await exists(gate))) await pause(20, undefined, signal ? { signal } : {})
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

export const probeJobs: RunnableJob[] = [probe, hastyProbe, singleProbe].map((definition) => ({
  definition,
  load: async () => run,
}))
