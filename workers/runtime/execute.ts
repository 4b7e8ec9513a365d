import type { z } from 'zod'
import type { LogLevel } from '@/lib/db/generated/enums'
import { describeThrown } from '@/lib/errors/thrown'
import { permanentError } from '@/lib/jobs/job-error'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import { traced } from '@/lib/telemetry/tracing'
import type { AbortCause, JobContext } from './handler'
import type { Journal } from './journal'
import type { RunnableJob } from './registry'
import type { RunningAttempts } from './running'

/** How long a handler may take to stop after its signal aborted, in milliseconds. */
const STOP_GRACE_MS = 5_000

/** The handler's work, or why it ended without. */
export type Execution =
  | { kind: 'completed'; result: unknown }
  | { kind: 'failed'; error: unknown }
  | { kind: 'aborted'; cause: AbortCause }

type Tools = {
  journal: Journal
  running: RunningAttempts
  jobs: ReadonlyMap<string, RunnableJob>
}

/**
 * Runs a claimed attempt's handler under its time limit. Never throws: whatever happens is the answer.
 * A handler that ignores its signal is left behind after 5 s; the fence refuses what it does later.
 */
export async function execute(claimed: ClaimedAttempt, tools: Tools): Promise<Execution> {
  const { token, jobId, timeoutMs } = claimed
  const stop = createStop()
  const timer = setTimeout(() => stop.abort('timeout'), timeoutMs)
  tools.running.add(token, { jobId, abort: stop.abort })
  try {
    return await Promise.race([work(claimed, stop, tools), stop.leftBehind])
  } finally {
    clearTimeout(timer)
    stop.release()
    tools.running.remove(token)
  }
}

async function work(claimed: ClaimedAttempt, stop: Stop, tools: Tools): Promise<Execution> {
  try {
    const job = tools.jobs.get(claimed.type)
    if (!job)
      throw new Error(`A claim took a job of the type ${claimed.type}, which is not known here`)
    const handler = await job.load()
    const input = checked(job.definition.input, claimed.input, unfitInput)
    const context = contextOf(claimed, input, stop, tools)
    const result = await traced(`handler ${claimed.type}`, {}, () => handler(context))
    return { kind: 'completed', result: checked(job.definition.output, result, unfitOutput) }
  } catch (error) {
    const cause = stop.cause()
    return cause ? { kind: 'aborted', cause } : { kind: 'failed', error }
  }
}

type Unfit = { code: string; sentence: string }

const unfitInput: Unfit = {
  code: 'invalid_input',
  sentence: 'The input does not fit the job type',
}
const unfitOutput: Unfit = {
  code: 'invalid_output',
  sentence: 'The handler gave a result of another form than declared',
}

/** A schema's own code may throw, and so may the value it looks at: either way it does not fit. */
function checked(schema: z.ZodType, value: unknown, { code, sentence }: Unfit): unknown {
  try {
    return schema.parse(value)
  } catch (error) {
    throw permanentError(code, `${sentence}: ${describeThrown(error).message}`)
  }
}

function contextOf(
  claimed: ClaimedAttempt,
  input: unknown,
  stop: Stop,
  { journal, running }: Tools,
): JobContext<unknown> {
  const { jobId, ownerId, attempt, maxAttempts } = claimed
  // A handler may have left something running that goes on after it has ended.
  const isOver = () => stop.cause() !== undefined || !running.has(claimed.token)
  return {
    jobId,
    ownerId,
    input,
    attempt,
    maxAttempts,
    get signal() {
      return stop.signal()
    },
    idempotencyKey: jobId,
    progress: (percent, message) => {
      if (!isOver()) journal.progress(claimed, percent, message)
    },
    log: (message, level = 'info') => {
      if (!isOver()) journal.log(claimed, message, levels.get(level))
    },
  }
}

const levels = new Map<unknown, LogLevel>([
  ['info', 'INFO'],
  ['warn', 'WARN'],
  ['error', 'ERROR'],
])

/** Tells an attempt to stop. Most never ask for their signal, which costs more than all the rest here. */
function createStop() {
  let controller: AbortController | undefined
  let cause: AbortCause | undefined
  let grace: NodeJS.Timeout | undefined
  let leave: (answer: Execution) => void = () => {}
  return {
    /** Passes a grace after the handler was told. */
    leftBehind: new Promise<Execution>((resolve) => {
      leave = resolve
    }),
    /** Why it is to stop; undefined while it may go on. */
    cause: () => cause,
    signal(): AbortSignal {
      controller ??= new AbortController()
      if (cause) controller.abort(cause)
      return controller.signal
    },
    abort(because: AbortCause): void {
      if (cause) return
      cause = because
      grace = setTimeout(() => leave({ kind: 'aborted', cause: because }), STOP_GRACE_MS)
      controller?.abort(because)
    },
    release: () => clearTimeout(grace),
  }
}

type Stop = ReturnType<typeof createStop>
