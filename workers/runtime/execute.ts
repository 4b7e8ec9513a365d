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
    const input = job.definition.input.safeParse(claimed.input)
    if (!input.success) {
      throw permanentError(
        'invalid_input',
        `The input does not fit the job type: ${input.error.message}`,
      )
    }
    const context = contextOf(claimed, input.data, signal, tools.journal)
    const result = await traced(`handler ${claimed.type}`, {}, () => handler(context))
    const output = job.definition.output.safeParse(result)
    if (!output.success) {
      throw permanentError(
        'invalid_output',
        `The handler gave a result of another form than declared: ${output.error.message}`,
      )
    }
    return { kind: 'completed', result: output.data }
  } catch (error) {
    return signal.aborted ? { kind: 'aborted', cause: causeOf(signal) } : { kind: 'failed', error }
  }
}

function contextOf(
  claimed: ClaimedAttempt,
  input: unknown,
  signal: AbortSignal,
  journal: Journal,
): JobContext<unknown> {
  const { jobId, ownerId, attempt, maxAttempts } = claimed
  return {
    jobId,
    ownerId,
    input,
    attempt,
    maxAttempts,
    signal,
    idempotencyKey: jobId,
    progress: (percent, message) => {
      if (!signal.aborted) journal.progress(claimed, percent, message)
    },
    log: (message, level = 'info') => {
      if (!signal.aborted) journal.log(claimed, message, levels[level])
    },
  }
}

const levels = { info: 'INFO', warn: 'WARN', error: 'ERROR' } as const

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
