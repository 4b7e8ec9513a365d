import type { z } from 'zod'
import type { LogLevel } from '@/lib/db/generated/enums'
import { describeThrown } from '@/lib/errors/thrown'
import { permanentError } from '@/lib/jobs/job-error'
import { traced } from '@/lib/trace/tracing'
import type { ClaimedAttempt } from './claim'
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
  const abort = new AbortController()
  const stop = (cause: AbortCause) => abort.abort(cause)
  const timer = setTimeout(() => stop('timeout'), claimed.timeoutMs)
  const deadline = stopDeadline(abort.signal)
  tools.running.add(claimed.token, { jobId: claimed.jobId, abort: stop })
  try {
    return await Promise.race([work(claimed, abort.signal, tools), deadline.passed])
  } finally {
    clearTimeout(timer)
    deadline.release()
    tools.running.remove(claimed.token)
  }
}

async function work(
  claimed: ClaimedAttempt,
  signal: AbortSignal,
  tools: Tools,
): Promise<Execution> {
  try {
    const job = tools.jobs.get(claimed.type)
    if (!job) {
      throw permanentError('unknown_type', `This worker knows no job type ${claimed.type}.`)
    }
    const handler = await job.load()
    const input = checked(job.definition.input, claimed.input, unfitInput)
    const context = contextOf(claimed, input, signal, tools)
    const result = await traced(`handler ${claimed.type}`, {}, () => handler(context))
    return { kind: 'completed', result: checked(job.definition.output, result, unfitOutput) }
  } catch (error) {
    return signal.aborted ? { kind: 'aborted', cause: causeOf(signal) } : { kind: 'failed', error }
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
  signal: AbortSignal,
  { journal, running }: Tools,
): JobContext<unknown> {
  const { jobId, ownerId, attempt, maxAttempts } = claimed
  // A handler may have left something running that goes on after it has ended.
  const isOver = () => signal.aborted || !running.has(claimed.token)
  return {
    jobId,
    ownerId,
    input,
    attempt,
    maxAttempts,
    signal,
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

/** Passes a grace after the signal aborted. */
function stopDeadline(signal: AbortSignal) {
  let timer: NodeJS.Timeout | undefined
  let onAbort = () => {}
  const passed = new Promise<Execution>((resolve) => {
    onAbort = () => {
      const answer: Execution = { kind: 'aborted', cause: causeOf(signal) }
      timer = setTimeout(() => resolve(answer), STOP_GRACE_MS)
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
  const release = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
  return { passed, release }
}

function causeOf(signal: AbortSignal): AbortCause {
  const { reason } = signal
  return reason === 'timeout' || reason === 'canceled' || reason === 'shutdown' ? reason : 'lost'
}
