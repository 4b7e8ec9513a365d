import { waitUntil } from '@/bin/postgres/processes'
import { pool } from '@/lib/db/pool'
import { addEntries, removeEntries } from '@/lib/queue/entries'
import { kill } from '@/test/support/engine'
import { probe } from '@/test/support/probe'
import { insertBallast } from './ballast'
import { BOUNDS, type Cell, onBoth } from './cell'
import {
  endedProblems,
  enqueueProbe,
  enqueueProbes,
  lastEndAfter,
  queuedIn,
  untilEnded,
  untilQueued,
} from './load'
import { queueKey, withRedis } from './redis-commands'
import type { Stage } from './stage'

const boundMs = BOUNDS.queueLoss
const LIMIT_MS = 150_000
const { queue } = probe

/** Jobs that no reconciler may need to read before it finds what is missing. */
const SCHEDULED = 30_000
const YOUNGER = 20

const staleDump: Cell = {
  name: 'redis-stale-dump',
  fault: 'Redis restarted with a dump older than 20 jobs, beside 30,000 scheduled ones [R1]',
  backend: 'redis',
  boundMs,
  withoutAof: true,
  async run(stage) {
    const scheduled = stage.terms.small ? SCHEDULED / 10 : SCHEDULED
    const first = await stage.worker()
    await insertBallast(scheduled, 'scheduled', queue)
    await untilQueued(queue, scheduled, LIMIT_MS)
    await kill(first, 'SIGTERM')
    await withRedis(stage, (redis) => redis.save())
    const ids = await enqueueProbes(stage, YOUNGER)
    await untilQueued(queue, scheduled + YOUNGER, LIMIT_MS)
    await stage.redis().kill()
    await stage.redis().restart()
    await stage.worker()
    const since = Date.now()
    const problems = await endedProblems(LIMIT_MS, ids)
    return { recoveryMs: await lastEndAfter(since, ids), problems }
  },
}

/** Some of the jobs that wait for a worker or for their time, none of them begun. */
async function waiting(stage: Stage): Promise<{ all: string[]; some: string[] }> {
  const now = await enqueueProbes(stage, 100)
  const later: string[] = []
  while (later.length < 50) later.push(await enqueueProbe(stage, {}, { delayMs: 10_000 }))
  const all = [...now, ...later]
  await untilQueued(queue, all.length, LIMIT_MS)
  return { all, some: stage.random.some(all, stage.random.between(20, 80)) }
}

/** What waits comes back, whatever of its entries somebody destroyed. */
async function damaged(stage: Stage, damage: (ids: string[]) => Promise<unknown>) {
  const { all, some } = await waiting(stage)
  await damage(some)
  await stage.worker()
  const since = Date.now()
  const problems = await endedProblems(LIMIT_MS)
  return { recoveryMs: await lastEndAfter(since, all), problems }
}

const unlisted: Cell = {
  name: 'queue-ids-unlisted',
  fault: 'ids removed from the lists of a queue, their entries left [R6]',
  backend: 'redis',
  boundMs,
  run: (stage) =>
    damaged(stage, (ids) =>
      withRedis(stage, async (redis) => {
        for (const set of ['prioritized', 'delayed']) await redis.zrem(queueKey(queue, set), ids)
        for (const id of ids) await redis.lrem(queueKey(queue, 'wait'), 0, id)
      }),
    ),
}

const entriesDeleted = onBoth({
  name: 'queue-entries-deleted',
  fault: 'entries of a queue deleted, on Redis with their ids left in the lists',
  boundMs,
  run: (stage) =>
    damaged(stage, (ids) =>
      stage.backend === 'redis'
        ? withRedis(stage, (redis) => redis.del(ids.map((id) => queueKey(queue, id))))
        : pool().query('DELETE FROM bullmq.job WHERE queue = $1 AND id = ANY($2)', [queue, ids]),
    ),
})

const endedAgain = onBoth({
  name: 'queue-ended-again',
  quick: 'postgresql',
  fault: 'ids of ended jobs added again',
  boundMs,
  async run(stage) {
    const worker = await stage.worker()
    const ids = await enqueueProbes(stage, 50)
    if (!(await untilEnded(LIMIT_MS))) throw new Error('They did not end without any fault')
    await kill(worker, 'SIGTERM')
    for (const id of ids) await removeEntries(queue, [id])
    const entry = { type: probe.type, queue, priority: 10, turn: 0, attempt: 0, maxAttempts: 3 }
    await addEntries(
      queue,
      ids.map((id) => ({ ...entry, id, delayMs: stage.random.between(0, 1) * 10_000 })),
    )
    const since = Date.now()
    await stage.worker()
    const gone = await waitUntil(async () => (await queuedIn(queue)) === 0, LIMIT_MS)
    return {
      recoveryMs: Date.now() - since,
      problems: gone ? [] : ['Entries of ended jobs stay in the queue'],
    }
  },
})

/** Queues that say something else than the records. */
export const queueDamage: Cell[] = [staleDump, unlisted, ...entriesDeleted, ...endedAgain]
