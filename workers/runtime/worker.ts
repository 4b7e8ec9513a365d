import type { ChildProcess } from 'node:child_process'
import { v7 as uuidv7 } from 'uuid'
import { CANCEL_CHANNEL } from '@/lib/db/announce'
import { listen } from '@/lib/db/listen'
import { inputVersionsOf } from '@/lib/jobs/catalog'
import { createWorker, IDLE_LOOK_S, type QueueWorker } from '@/lib/queue/backend'
import { logger } from '@/lib/telemetry/logger'
import { LimitPassed, withTimeLimit } from '@/lib/time/limit'
import { every } from '../loop'
import { createApart } from './apart'
import { createAside } from './aside'
import { createClaim } from './attempts'
import { createProcessor, delayOfRetry } from './deliver'
import { execute } from './execute'
import { beat, HEARTBEAT_MS, unregisterWorker } from './heartbeat'
import { createJournal } from './journal'
import { servedQueues } from './queues'
import { registerWorker } from './register'
import type { RunnableJob } from './registry'
import { createRunning } from './running'
import { followSettings } from './settings'

/** A worker that stops answering loses its entries after this long, in milliseconds. */
export const LOCK_MS = 8_000
/** How often BullMQ looks for entries whose worker lost its lock, in milliseconds. */
const STALLED_CHECK_MS = 3_000
/** The record counts crashes and gives up; BullMQ never does by itself. */
const NEVER_GIVE_UP = 1_000_000
/** Pause of a queue's loop after its connection broke; BullMQ's own would be 15 s. */
const RECONNECT_MS = 2_000

/** Where all jobs run in one process, there is no limit to those that should not. */
const ROOMY = 1_000_000

const log = () => logger('worker')

export type WorkerOptions = {
  jobs: RunnableJob[]
  version: string
  /** Starts a process that does `serveApart` with the same jobs; without it all jobs run in this one. */
  startApart?: () => ChildProcess
}

/**
 * Serves the queues of `WORKER_QUEUES`, or all.
 * @throws when PostgreSQL cannot be reached, or living workers serve another queue; Redis may come later
 */
export async function startWorker({ jobs, version, startApart }: WorkerOptions) {
  const workerId = uuidv7()
  const queues = servedQueues(jobs)
  const running = createRunning()
  const journal = createJournal()
  const apart = startApart && createApart(startApart, running)
  const byType = new Map(jobs.map((job) => [job.definition.type, job]))

  await registerWorker({
    workerId,
    version,
    queues: queues.map(({ name }) => name),
    types: inputVersionsOf(jobs.map(({ definition }) => definition)),
  })
  const cancellations = listen(CANCEL_CHANNEL, (jobId) => running.abort(jobId, 'canceled'))
  const heartbeat = every(HEARTBEAT_MS, 'heartbeat', () => beat(workerId, running))

  const aside = createAside({
    leave: (name) => served.find(({ queue }) => queue.name === name)?.worker.pause(true),
    comeBack: () => settings.again(),
  })
  const processor = createProcessor({
    workerId,
    claim: createClaim(workerId, apart?.room ?? (() => ROOMY)),
    run: (claimed) =>
      apart && claimed.apart
        ? apart.run(claimed)
        : execute(claimed, { journal, running, jobs: byType }),
    running,
    journal,
    aside,
  })
  const served = await Promise.all(
    queues.map(async (queue) => {
      const worker = await createWorker(queue.name, processor, {
        name: workerId,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_CHECK_MS,
        maxStalledCount: NEVER_GIVE_UP,
        drainDelay: IDLE_LOOK_S,
        runRetryDelay: RECONNECT_MS,
        settings: { backoffStrategy: delayOfRetry },
      })
      return { queue, worker }
    }),
  )
  const settings = await followSettings(workerId, served, aside)
  for (const { worker } of served) run(worker)

  return {
    workerId,
    /**
     * Takes no new jobs, lets the running ones end within `graceMs`, and hands back those that did
     * not: they run again, and that attempt does not count.
     */
    async stop(graceMs: number): Promise<void> {
      aside.stop()
      const closed = Promise.all(served.map(({ worker }) => worker.close()))
      closed.catch(() => undefined)
      if (!(await within(closed, graceMs))) {
        log().info({ running: running.size }, 'Handing running jobs back')
        running.abortAll('shutdown')
        await within(closed, HAND_BACK_MS)
      }
      await settings.stop()
      await heartbeat.stop()
      await journal.flush().catch(() => undefined)
      await unregisterWorker(workerId).catch(() => undefined)
      await cancellations.stop()
    },
  }
}

/** How long interrupted handlers and their records may take. */
const HAND_BACK_MS = 7_000

async function within(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  try {
    await withTimeLimit(limitMs, () => work)
    return true
  } catch (error) {
    if (error instanceof LimitPassed) return false
    throw error
  }
}

function run(worker: QueueWorker): void {
  worker.run().catch((error: unknown) => {
    log().error({ err: error, queue: worker.name }, 'The queue’s worker ended')
  })
}
