import { setTimeout as pause } from 'node:timers/promises'
import { transaction } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { startWorker } from '@/workers/runtime/worker'
import { noOp, noOpJobs } from './no-op'
import { addRaw, serveRaw } from './raw-bullmq'

/** A pause between two jobs, so that each finds an idle worker. */
const REST_MS = 15

/** Milliseconds from `add` answered to the processor running, of single jobs on an idle worker. */
export async function rawLatency(count: number): Promise<number[]> {
  const name = `raw-latency-${Date.now()}`
  const clock = stopwatch()
  const stop = await serveRaw(name, clock.arrived)
  const times = await clock.time(count, (number) => addRaw(name, 1, number))
  await stop()
  return times
}

/** Milliseconds from committed to the handler running, of single jobs on an idle worker. */
export async function latency(count: number): Promise<number[]> {
  const clock = stopwatch()
  const worker = await startWorker({ jobs: noOpJobs(clock.arrived), version: 'bench' })
  const times = await clock.time(count, async (number) => {
    await transaction((tx) => enqueue(tx, noOp, { number }, { ownerId: null }))
  })
  await worker.stop(5_000)
  return times
}

function stopwatch() {
  const waiting = new Map<number, (at: number) => void>()
  async function time(count: number, add: (number: number) => Promise<void>): Promise<number[]> {
    const times: number[] = []
    for (let number = 0; number < count; number++) {
      const started = new Promise<number>((resolve) => waiting.set(number, resolve))
      await add(number)
      const committed = performance.now()
      times.push(Math.max(0, (await started) - committed))
      await pause(REST_MS)
    }
    return times
  }
  return { time, arrived: (number: number) => waiting.get(number)?.(performance.now()) }
}
