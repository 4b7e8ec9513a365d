import { setTimeout as pause } from 'node:timers/promises'
import {
  type Answer,
  casualties,
  keepPosting,
  p99,
  startApplication,
  unexpected,
} from './application'
import { BOUNDS, type Cell, type Observation } from './cell'
import { endedProblems, lastEndAfter } from './load'
import { withRedis } from './redis-commands'
import type { Stage } from './stage'

const boundMs = BOUNDS.queueLoss
const LIMIT_MS = 120_000

/** Requests answered before the fault: enough to know the usual times. */
const USUAL = 60

/** An answer within this time is quick, whatever the machine's usual time is. */
const QUICK_MS = 100
const SLOWER = 3

type Fault = (stage: Stage) => Promise<{ from: number; over: number }>

/** Posts through the API before, during and after the fault: every request is accepted. */
async function underLoad(stage: Stage, fault: Fault) {
  const application = await startApplication(stage)
  const client = keepPosting(stage, application)
  await client.answered(USUAL)
  await pause(stage.random.between(0, 1_000))
  const { from, over } = await fault(stage)
  const meanwhile = client.ids()
  await client.answered(USUAL / 2)
  const answers = await client.stop()
  const problems = await endedProblems(LIMIT_MS)
  const recoveryMs = await lastEndAfter(over, meanwhile)
  return {
    from,
    over,
    answers,
    recoveryMs,
    problems: [...problems, ...casualties(application), ...unexpected(answers, [202])],
  }
}

async function survives(stage: Stage, fault: Fault): Promise<Observation> {
  const { recoveryMs, problems } = await underLoad(stage, fault)
  return { recoveryMs, problems }
}

async function whileDown(stage: Stage, milliseconds: number) {
  const from = Date.now()
  await stage.redis().kill()
  await pause(milliseconds)
  await stage.redis().restart()
  return { from, over: Date.now() }
}

function slowness(answers: Answer[], from: number, over: number): string[] {
  const usual = p99(answers.filter(({ at }) => at < from))
  const during = p99(answers.filter(({ at }) => at >= from && at < over))
  if (during <= Math.max(QUICK_MS, SLOWER * usual)) return []
  return [
    `p99 of the API was ${Math.round(during)} ms without Redis, ${Math.round(usual)} ms before`,
  ]
}

function down(seconds: number, options: Partial<Cell> = {}): Cell {
  return {
    name: `redis-down-${seconds}s`,
    fault: `Redis down for ${seconds} s`,
    backend: 'redis',
    boundMs,
    alone: true,
    ...options,
    async run(stage) {
      const seen = await underLoad(stage, () => whileDown(stage, seconds * 1_000))
      const slow = slowness(seen.answers, seen.from, seen.over)
      return { recoveryMs: seen.recoveryMs, problems: [...seen.problems, ...slow] }
    },
  }
}

function killed(name: string, fault: string, withoutAof: boolean): Cell {
  return {
    name,
    fault,
    backend: 'redis',
    boundMs,
    withoutAof,
    run: (stage) => survives(stage, () => whileDown(stage, 500)),
  }
}

const absent: Cell = {
  name: 'redis-absent',
  fault: 'Redis absent when web and worker start',
  backend: 'redis',
  boundMs,
  run: async (stage) => {
    await stage.redis().kill()
    return survives(stage, async () => {
      const from = Date.now()
      await stage.redis().restart()
      return { from, over: Date.now() }
    })
  },
}

const full: Cell = {
  name: 'redis-full',
  fault: 'Redis out of memory for 10 s',
  backend: 'redis',
  boundMs,
  run: (stage) =>
    survives(stage, async () => {
      const from = Date.now()
      await withRedis(stage, (redis) => redis.config('SET', 'maxmemory', '1mb'))
      await pause(10_000)
      await withRedis(stage, (redis) => redis.config('SET', 'maxmemory', '0'))
      return { from, over: Date.now() }
    }),
}

/** Redis killed, away, absent and full. */
export const redisLoss: Cell[] = [
  killed('redis-killed', 'Redis kill -9, restart with AOF', false),
  killed('redis-killed-without-aof', 'Redis kill -9, restart empty (no AOF)', true),
  absent,
  full,
  down(2),
  down(15),
  down(120, { long: true }),
]
