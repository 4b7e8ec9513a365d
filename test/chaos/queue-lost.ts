import { setTimeout as pause } from 'node:timers/promises'
import { BALLAST_QUEUE, insertBallast } from './ballast'
import { BOUNDS, type Cell } from './cell'
import {
  endedProblems,
  enqueueProbes,
  keepEnqueuing,
  lastEndAfter,
  untilQueued,
  untilRan,
} from './load'
import { withRedis } from './redis-commands'

const boundMs = BOUNDS.queueLoss
const LIMIT_MS = 120_000
const JOBS = 1_000

const flushed: Cell = {
  name: 'redis-flushed',
  fault: `FLUSHALL with ${JOBS} jobs, under load`,
  backend: 'redis',
  boundMs,
  quick: 'redis',
  async run(stage) {
    const { ledger, terms } = stage
    const ids = await enqueueProbes(stage, terms.small ? JOBS / 10 : JOBS, { gate: ledger.gate })
    await stage.worker()
    await untilRan(stage, 20)
    const client = keepEnqueuing(stage, 50)
    await pause(stage.random.between(0, 500))
    await withRedis(stage, (redis) => redis.flushall())
    const since = Date.now()
    ledger.openGate()
    await pause(2_000)
    await client.stop()
    const problems = await endedProblems(LIMIT_MS)
    const runs = ledger.effects().length
    const jobs = ledger.acknowledged().length
    return {
      recoveryMs: await lastEndAfter(since, ids),
      problems: [
        ...problems,
        ...(runs === jobs ? [] : [`${jobs} jobs ran ${runs} times, though no worker died`]),
      ],
    }
  },
}

/** What the relay hands over at least, in jobs a second. */
const RATE = 5_000
/** What it needs before. */
const HEAD_START_MS = 30_000
/** More urgent than the rest, and there when the queue is lost. */
const URGENT = 50

function lostWith(jobs: number, fault: string, options: Partial<Cell> = {}): Cell {
  const refillMs = HEAD_START_MS + (jobs / RATE) * 1_000
  return {
    name: `redis-flushed-${jobs}`,
    fault,
    backend: 'redis',
    boundMs,
    // To be filled for the first time, lost, and filled again.
    limitMs: 4 * refillMs + 6 * 60_000,
    ...options,
    async run(stage) {
      const { ledger } = stage
      const worker = await stage.worker()
      await insertBallast(jobs, 'waiting')
      await untilQueued(BALLAST_QUEUE, jobs, 3 * refillMs)
      const ids = await enqueueProbes(stage, URGENT, { gate: ledger.gate })
      await untilRan(stage, 20)
      await withRedis(stage, (redis) => redis.flushall())
      const since = Date.now()
      ledger.openGate()
      const young = await enqueueProbes(stage, URGENT)
      const urgent = [...ids, ...young]
      const problems = await endedProblems(LIMIT_MS, urgent)
      const recoveryMs = await lastEndAfter(since, urgent)
      const left = refillMs - (Date.now() - since)
      const late = await untilQueued(BALLAST_QUEUE, jobs, Math.max(0, left)).catch(String)
      return {
        recoveryMs,
        problems: [
          ...problems,
          ...(late ? [`${late} ${Math.round(refillMs / 1_000)} s after the loss`] : []),
          ...(worker.exitCode === null ? [] : ['The worker ended']),
        ],
      }
    },
  }
}

/** Redis emptied. */
export const queueLost: Cell[] = [
  flushed,
  lostWith(100_000, 'FLUSHALL with 100,000 open jobs [R7]'),
  lostWith(1_000_000, 'FLUSHALL with a million open jobs [R7]', { long: true, alone: true }),
]
