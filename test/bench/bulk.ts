import { pool } from '@/lib/db/pool'
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
  await untilTrue(async () => {
    const { rows } = await pool().query('SELECT 1 FROM "Job" WHERE "dispatchedAt" IS NULL LIMIT 1')
    return rows.length === 0
  })
  return (count * 1_000) / (performance.now() - begin)
}
