import { setTimeout as pause } from 'node:timers/promises'
import { probe } from '@/test/support/probe'
import { BOUNDS, type Cell } from './cell'
import { endedProblems, enqueueProbes, keepEnqueuing, lastEndAfter, untilRan } from './load'
import { queueKey } from './redis-commands'
import type { Stage } from './stage'

const LIMIT_MS = 150_000
const JOBS = 150

/** Jobs that wait and run while the servers of the queue change, and more of them all the time. */
async function survives(stage: Stage, change: () => Promise<unknown>) {
  const { ledger, random } = stage
  const ids = await enqueueProbes(stage, JOBS, { gate: ledger.gate })
  const worker = await stage.worker()
  await untilRan(stage, 20)
  const client = keepEnqueuing(stage, 50)
  await pause(random.between(0, 1_000))
  await change()
  const since = Date.now()
  ledger.openGate()
  await pause(3_000)
  await client.stop()
  const problems = await endedProblems(LIMIT_MS)
  return {
    recoveryMs: await lastEndAfter(since, ids),
    problems: [...problems, ...(worker.exitCode === null ? [] : ['The worker ended'])],
  }
}

const failover: Cell = {
  name: 'sentinel-failover',
  fault: 'Redis Sentinel: the master killed, a replica promoted',
  backend: 'redis',
  redis: 'sentinel',
  quick: 'redis',
  boundMs: BOUNDS.queueLoss,
  run: (stage) => survives(stage, () => stage.sentinel().failOver()),
}

const node: Cell = {
  name: 'cluster-node',
  fault: 'Redis Cluster of six: the master of a queue emptied and killed',
  backend: 'redis',
  redis: 'cluster',
  quick: 'redis',
  boundMs: BOUNDS.queueLoss,
  run: (stage) =>
    survives(stage, () => stage.cluster().flushAndKill(queueKey(probe.queue, 'wait'))),
}

/** Several Redis servers, of which one goes. */
export const highAvailability: Cell[] = [failover, node]
