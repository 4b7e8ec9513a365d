import type { JobsOptions } from 'bullmq'
import { createWorker, queue } from '@/lib/queue/backend'
import { CONCURRENCY } from './no-op'

/** Kept as long as the application keeps its own. */
const OPTIONS: JobsOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { age: 24 * 3600, count: 1_000 },
  removeOnFail: { count: 5_000 },
}

/** Adds numbered jobs to a queue of BullMQ's alone: no record, on the application's connections. */
export async function addRaw(name: string, count: number, first = 0): Promise<void> {
  const target = await queue(name)
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  await target.addBulk(
    numbers.map((number) => ({ name: 'no-op', data: { id: `${number}` }, opts: OPTIONS })),
  )
}

/** Serves that queue until `stop`; `ran` hears of every job. */
export async function serveRaw(
  name: string,
  ran: (number: number) => void,
): Promise<() => Promise<void>> {
  const worker = await createWorker(name, async ({ data }) => ran(Number(data.id)), {
    concurrency: CONCURRENCY,
  })
  worker.run().catch(() => undefined)
  return () => worker.close()
}
