import type { ChildProcess } from 'node:child_process'
import { JobError } from '@/lib/jobs/job-error'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import { isAnswer, revive } from './apart-messages'
import type { Execution } from './execute'
import type { AbortCause } from './handler'
import type { RunningAttempts } from './running'

/** Processes of their own at once, each of some 100 MB. Further jobs wait in their queues. */
const MOST = 2
/** What a process may need to start, beside the attempt's own time, in milliseconds. */
const START_MS = 15_000
/** A process that was told to stop, or has answered, is gone by then, in milliseconds. */
const STOP_MS = 6_000

/** What whoever stops the worker's whole group sends; it may come before the process can ignore it. */
const REQUESTS = new Set(['SIGTERM', 'SIGINT', 'SIGHUP'])

/** No process could be started, or somebody ended it: that is not the job's doing, and does not count. */
const NO_PROCESS: Execution = { kind: 'aborted', cause: 'shutdown' }

/**
 * Runs attempts of jobs that may be what ended their workers: each in a process of its own, so that it
 * harms nobody else, and so that it is known for sure when it does it again.
 * @param start starts the worker's program so that it does `serveApart`
 */
export function createApart(start: () => ChildProcess, running: RunningAttempts) {
  let busy = 0
  return {
    /** How many more can run now. */
    room: (): number => Math.max(0, MOST - busy),

    async run(claimed: ClaimedAttempt): Promise<Execution> {
      busy += 1
      try {
        return await runIn(start(), claimed, running)
      } catch {
        return NO_PROCESS
      } finally {
        busy -= 1
        running.remove(claimed.token)
      }
    },
  }
}

function runIn(
  child: ChildProcess,
  claimed: ClaimedAttempt,
  running: RunningAttempts,
): Promise<Execution> {
  return new Promise((resolve) => {
    let answer: Execution | undefined
    let cause: AbortCause | undefined
    let killing: NodeJS.Timeout | undefined

    const killSoon = () => {
      killing ??= setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    }
    const stop = (why: AbortCause) => {
      cause ??= why
      if (child.connected) child.send({ abort: why }, () => undefined)
      killSoon()
    }
    const limit = setTimeout(() => stop('timeout'), claimed.timeoutMs + START_MS)
    const end = (without: Execution) => {
      clearTimeout(limit)
      clearTimeout(killing)
      resolve(answer ?? (cause ? { kind: 'aborted', cause } : without))
    }

    running.add(claimed.token, { jobId: claimed.jobId, abort: stop })
    child.on('message', (message) => {
      if (!isAnswer(message)) return
      answer ??= revive(message.answer)
      // Without the channel it ends.
      if (child.connected) child.disconnect()
      killSoon()
    })
    child.on('error', () => {
      if (!child.pid) end(NO_PROCESS)
    })
    child.once('exit', (code, signal) => {
      const isAsked = signal !== null && REQUESTS.has(signal)
      end(isAsked ? NO_PROCESS : lost(signal ?? `exit code ${code}`))
    })
    child.send({ claimed }, () => undefined)
  })
}

function lost(how: string): Execution {
  const sentence = `The process that ran this attempt alone ended (${how}).`
  return { kind: 'failed', error: new JobError('worker_lost', sentence) }
}
