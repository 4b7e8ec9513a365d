import { countPending } from '@/test/support/pending-dispatch'
import { addRaw } from './raw-bullmq'
import { enqueueNoOps } from './throughput'
import { untilTrue } from './until-true'

/** Jobs per second that one call adds to a queue of BullMQ's alone. */
export async function rawBulk(count: number): Promise<number> {
  const begin = performance.now()
  await addRaw(`raw-bulk-${Date.now()}`, count)
  return (count * 1_000) / (performance.now() - begin)
}

/** Jobs per second that get their record and reach the queue. */
export async function bulk(count: number): Promise<number> {
  const begin = performance.now()
  await enqueueNoOps(count)
  await untilTrue(async () => (await countPending()) === 0)
  return (count * 1_000) / (performance.now() - begin)
}
