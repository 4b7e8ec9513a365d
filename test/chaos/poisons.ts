import { prisma } from '@/lib/db/prisma'
import { attemptsOf } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { keepWorker } from './keep-worker'
import {
  endedProblems,
  enqueueProbe,
  enqueueProbes,
  enqueueSlow,
  keepEnqueuing,
  lastEndAfter,
  untilEnded,
  untilRan,
} from './load'
import type { Stage } from './stage'

const boundMs = BOUNDS.workerDeath
const LIMIT_MS = 90_000
/** Every attempt crashes, however many it takes to find out which job it is. */
const CRASHES = 1_000

const poison = onBoth({
  name: 'worker-poison',
  fault: 'a job that kills its worker each time',
  boundMs,
  async run(stage) {
    await keepWorker(stage)
    const id = await enqueueProbe(stage, { crashes: CRASHES })
    await untilRan(stage, 1)
    const client = keepEnqueuing(stage, 200)
    const problems = (await untilEnded(3 * boundMs, [id])) ? [] : ['The poison goes on']
    await client.stop()
    const attempts = await attemptsOf(id)
    const starts = attempts.map(({ startedAt }) => startedAt.getTime())
    const waits = starts.slice(1).map((start, at) => start - (starts[at] ?? start))
    stage.expectations.fails(id, 'worker_lost')
    return {
      recoveryMs: Math.max(...waits),
      problems: [...problems, ...(await endedProblems(LIMIT_MS))],
    }
  },
})

/** Healthy jobs that are at work when their worker crashes, and how long each takes. */
const NEIGHBOURS = 18
const NEIGHBOUR_MS = 4_000
const WORKERS = 2

/** The crash comes while the neighbours are at work: after a moment, or by an error nobody waits for. */
function enqueuePoison(stage: Stage): Promise<string> {
  return stage.random.between(0, 1) === 0
    ? enqueueSlow(stage, { ms: stage.random.between(200, 1_500), crashes: CRASHES })
    : enqueueProbe(stage, { crashes: CRASHES })
}

function amongNeighbours(poisons: number, fault: string, limitMs: number): Cell[] {
  return onBoth({
    name: `poison-neighbours-${poisons}`,
    fault,
    boundMs: limitMs,
    limitMs: limitMs + 5 * 60_000,
    async run(stage) {
      for (let each = 0; each < WORKERS; each++) await keepWorker(stage)
      const healthy: string[] = []
      while (healthy.length < NEIGHBOURS) {
        healthy.push(await enqueueSlow(stage, { ms: NEIGHBOUR_MS }))
      }
      await untilRan(stage, NEIGHBOURS)
      const since = Date.now()
      const ids: string[] = []
      while (ids.length < poisons) ids.push(await enqueuePoison(stage))
      for (const id of ids) stage.expectations.fails(id, 'worker_lost')
      const problems = await endedProblems(limitMs + LIMIT_MS)
      // Work goes on afterwards as if nothing had been.
      const later = await enqueueProbes(stage, 10)
      problems.push(...(await endedProblems(boundMs, later)))
      const failed = await prisma().job.count({ where: { id: { in: healthy }, status: 'FAILED' } })
      return {
        recoveryMs: await lastEndAfter(since, healthy),
        problems: [
          ...problems,
          ...(failed === 0 ? [] : [`${failed} healthy jobs failed for what others did`]),
        ],
      }
    },
  })
}

/** Jobs that take their workers with them. */
export const poisons: Cell[] = [
  ...poison,
  ...amongNeighbours(1, 'a job that kills its worker beside 18 healthy jobs of 4 s [R4]', 120_000),
  ...amongNeighbours(4, 'four such jobs beside 18 healthy jobs of 4 s [R4]', 240_000),
]
