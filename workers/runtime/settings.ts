import { type Listening, listen } from '@/lib/db/listen'
import { pool } from '@/lib/db/pool'
import type { QueueWorker } from '@/lib/queue/backend'
import { type QueueSettings, readQueueSettings, SETTINGS_CHANNEL } from '@/lib/queue/settings'
import { logger } from '@/lib/telemetry/logger'
import type { Aside } from './aside'
import type { ServedQueue } from './queues'

export type Served = { queue: ServedQueue; worker: QueueWorker }

type Following = Listening & {
  /** Reads the settings again. */
  again(): void
}

/**
 * Makes this worker do what admins say about its queues and about itself: now, and whenever they
 * change it. Pausing is the worker's own doing, so nothing in Redis has to remember it; the claim
 * refuses what slips through. From a queue that it left to newer workers it takes nothing either.
 * @throws when PostgreSQL cannot be reached at the start; later it goes on with what it knows
 */
export async function followSettings(
  workerId: string,
  served: Served[],
  aside: Pick<Aside, 'has'>,
): Promise<Following> {
  let applying = apply(workerId, served, aside)
  await applying
  return { ...listen(SETTINGS_CHANNEL, again, again), again }

  function again(): void {
    applying = applying
      .then(() => apply(workerId, served, aside))
      .catch((error: unknown) => {
        logger('worker').warn({ err: error }, 'Could not read the settings of the queues')
      })
  }
}

async function apply(workerId: string, served: Served[], aside: Pick<Aside, 'has'>): Promise<void> {
  const [settings, self] = await Promise.all([
    readQueueSettings(),
    pool().query<{ draining: boolean }>(
      'SELECT "drainingAt" IS NOT NULL AS draining FROM "Worker" WHERE id = $1',
      [workerId],
    ),
  ])
  const draining = self.rows[0]?.draining ?? false
  for (const { queue, worker } of served) {
    const wanted = settings.get(queue.name)
    const roomier = adjust(queue, worker, wanted)
    const idle = draining || Boolean(wanted?.pausedAt) || aside.has(queue.name)
    // A worker that is full looks for more only when a job ends, or when it resumes.
    if ((idle || roomier) && !worker.isPaused()) await worker.pause(true)
    if (!idle && worker.isPaused()) await worker.resume()
  }
}

/** BullMQ reads both at each job. @returns whether more jobs may run at once than before */
function adjust(
  queue: ServedQueue,
  worker: QueueWorker,
  wanted: QueueSettings | undefined,
): boolean {
  const before = worker.concurrency
  worker.concurrency = wanted?.concurrency ?? queue.concurrency
  const limit = wanted?.rateLimit ?? queue.rateLimit
  if (limit) worker.opts.limiter = { max: limit.max, duration: limit.durationMs }
  else delete worker.opts.limiter
  return worker.isRunning() && worker.concurrency > before
}
