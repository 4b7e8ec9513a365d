import { JobError, permanentError } from '@/lib/jobs/job-error'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import { withLogFields } from '@/lib/telemetry/context'
import { isOrder, telling } from './apart-messages'
import { inALine } from './crash'
import { type Execution, execute } from './execute'
import { createJournal } from './journal'
import type { RunnableJob } from './registry'
import { createRunning } from './running'

/**
 * Makes this process one that runs a single attempt for the worker that started it, and then ends. The
 * worker claims and records; should it be gone, so is this process.
 */
export function serveApart(jobs: RunnableJob[]): void {
  const running = createRunning()
  const journal = createJournal()
  const byType = new Map(jobs.map((job) => [job.definition.type, job]))

  // Whoever stops the worker's whole group means the worker, which lets the attempt end.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('disconnect', () => process.exit())
  process.on('uncaughtException', (error) => {
    const sentence = `Nobody caught an error, which ended the process that ran this attempt alone: ${inALine(error)}`
    end({ kind: 'failed', error: new JobError('worker_lost', sentence) })
  })
  process.on('message', (message) => {
    if (!isOrder(message)) return
    if ('abort' in message) running.abortAll(message.abort)
    else run(message.claimed)
  })

  async function run(claimed: ClaimedAttempt): Promise<void> {
    const { jobId, attempt, queue, type, ownerId } = claimed
    const execution = await withLogFields({ jobId, attempt, queue, type, userId: ownerId }, () =>
      execute(claimed, { journal, running, jobs: byType }),
    )
    await end(execution)
  }

  async function end(execution: Execution): Promise<void> {
    // Lines that PostgreSQL does not take now are lost with the process; the outcome is not.
    await journal.flush().catch(() => undefined)
    answer(execution)
  }
}

function answer(execution: Execution): void {
  try {
    process.send?.({ answer: telling(execution) })
  } catch {
    const error = permanentError('invalid_output', 'The result holds what cannot be written.')
    process.send?.({ answer: telling({ kind: 'failed', error }) })
  }
}
