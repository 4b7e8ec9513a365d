import { pool } from '@/lib/db/pool'
import { transaction } from '@/lib/db/transaction'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { queue } from '@/lib/queue/backend'
import { countPending } from '@/test/support/pending-dispatch'
import { startWorker } from '@/workers/runtime/worker'
import { counted } from './counted'
import { type Cpu, cpuDuring } from './cpu'
import { noOp, noOpJobs } from './no-op'
import { addRaw, serveRaw } from './raw-bullmq'
import { untilTrue } from './until-true'

const BATCH = 10_000

/** How fast jobs end, and what CPU time one costs each program. */
export type Throughput = { perSecond: number; cpu: Cpu }

/** Jobs that a worker of BullMQ's alone ends. */
export async function rawThroughput(count: number): Promise<Throughput> {
  const name = `raw-${Date.now()}`
  for (let first = 0; first < count; first += BATCH) {
    await addRaw(name, Math.min(BATCH, count - first), first)
  }
  const { all, arrived } = counted(count)
  let stop = async () => {}
  const measured = await timed(count, async () => {
    stop = await serveRaw(name, arrived)
    await all
    await untilTrue(async () => (await (await queue(name)).getActiveCount()) === 0)
  })
  await stop()
  return measured
}

/** Jobs that the application's worker ends, each with its durable record. */
export async function throughput(count: number): Promise<Throughput> {
  await enqueueNoOps(count)
  await untilTrue(async () => (await countPending()) === 0)
  const { all, arrived } = counted(count)
  let stop = async (_graceMs: number) => {}
  const measured = await timed(count, async () => {
    const worker = await startWorker({ jobs: noOpJobs(arrived), version: 'bench' })
    stop = worker.stop
    await all
    await untilTrue(() => isZero(`"endedAs" IS NULL`))
    await untilTrue(async () => (await (await queue(noOp.queue)).getActiveCount()) === 0)
  })
  await stop(5_000)
  return measured
}

async function timed(count: number, work: () => Promise<void>): Promise<Throughput> {
  const begin = performance.now()
  const cpu = await cpuDuring(count, work)
  return { perSecond: (count * 1_000) / (performance.now() - begin), cpu }
}

/** Creates jobs with their records, ten thousand in a transaction. */
export async function enqueueNoOps(count: number): Promise<void> {
  for (let first = 0; first < count; first += BATCH) {
    const size = Math.min(BATCH, count - first)
    const items = Array.from({ length: size }, (_, index) => ({ input: { number: first + index } }))
    await transaction((tx) => enqueueMany(tx, noOp, items, { ownerId: null }))
  }
}

async function isZero(condition: string): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM "Job" WHERE type = 'no-op' AND ${condition} LIMIT 1`,
  )
  return rows.length === 0
}
