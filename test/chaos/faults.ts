import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { kill } from '@/test/support/engine'
import { probe } from '@/test/support/probe'
import type { KeptWorker } from './keep-worker'
import { queueKey, withRedis } from './redis-commands'
import { isRunning, type Stage } from './stage'

/** What a fault may hit. */
export type Target = { stage: Stage; workers: readonly KeptWorker[]; problems: string[] }

/** Something that goes wrong for a while; it is over when the promise resolves. */
export type Fault = { name: string; strike(target: Target): Promise<unknown> }

/** More than the grace of running jobs, and what handing them back takes. */
const STOP_MS = 45_000

const victim = ({ stage, workers }: Target) => stage.random.pick(workers).process()

const workerFaults: Fault[] = [
  { name: 'worker kill -9', strike: (target) => endWorker(target, 'SIGKILL') },
  { name: 'worker SIGTERM', strike: (target) => endWorker(target, 'SIGTERM') },
  {
    name: 'worker SIGSTOP',
    async strike(target) {
      const worker = victim(target)
      worker.kill('SIGSTOP')
      await pause(target.stage.random.between(2_000, 25_000))
      worker.kill('SIGCONT')
    },
  },
]

/** One that sleeps would not hear SIGTERM. */
async function endWorker(target: Target, signal: NodeJS.Signals): Promise<void> {
  const worker = victim(target)
  if (!isRunning(worker)) return
  worker.kill('SIGCONT')
  const forced = setTimeout(() => {
    target.problems.push(`A worker did not end within ${STOP_MS / 1_000} s of ${signal}`)
    worker.kill('SIGKILL')
  }, STOP_MS)
  await kill(worker, signal)
  clearTimeout(forced)
}

const postgresFaults: Fault[] = [
  {
    name: 'connections terminated',
    strike: ({ stage }) =>
      asOperator(stage, (client) =>
        client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'millrace'`,
        ),
      ),
  },
  {
    name: 'table of jobs locked',
    strike: ({ stage }) =>
      asOperator(stage, async (client) => {
        await client.query('BEGIN; LOCK TABLE "Job" IN ACCESS EXCLUSIVE MODE')
        await pause(stage.random.between(1_000, 8_000))
        await client.query('COMMIT')
      }),
  },
  {
    name: 'PostgreSQL immediate stop',
    async strike({ stage }) {
      const pid = stage.server().pid()
      if (pid) process.kill(pid, 'SIGQUIT')
      await pause(stage.random.between(500, 5_000))
      await stage.server().restart()
    },
  },
]

const redisFaults: Fault[] = [
  {
    name: 'Redis kill -9',
    async strike({ stage }) {
      await stage.redis().kill()
      await pause(stage.random.between(100, 8_000))
      await stage.redis().restart()
    },
  },
  { name: 'FLUSHALL', strike: ({ stage }) => withRedis(stage, (redis) => redis.flushall()) },
  {
    name: 'CLIENT KILL',
    strike: ({ stage }) =>
      withRedis(stage, (redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'normal')),
  },
  {
    name: 'SCRIPT FLUSH',
    strike: ({ stage }) => withRedis(stage, (redis) => redis.script('FLUSH')),
  },
  {
    name: 'ids removed from lists',
    strike: ({ stage }) =>
      withRedis(stage, async (redis) => {
        for (const set of ['prioritized', 'delayed']) {
          await redis.zpopmin(queueKey(probe.queue, set), 20)
        }
      }),
  },
  {
    name: 'out of memory',
    async strike({ stage }) {
      await withRedis(stage, (redis) => redis.config('SET', 'maxmemory', '1mb'))
      await pause(stage.random.between(1_000, 8_000))
      await withRedis(stage, (redis) => redis.config('SET', 'maxmemory', '0'))
    },
  },
]

/** Everything that can go wrong at any moment on the stage's backend. */
export function faultsOf({ backend }: Stage): Fault[] {
  return [...workerFaults, ...postgresFaults, ...(backend === 'redis' ? redisFaults : [])]
}

async function asOperator(stage: Stage, work: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client(stage.databaseUrl)
  client.on('error', () => undefined)
  try {
    await client.connect()
    await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
