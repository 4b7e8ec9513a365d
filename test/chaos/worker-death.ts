import { setTimeout as pause } from 'node:timers/promises'
import { prisma } from '@/lib/db/prisma'
import { kill } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { endedProblems, enqueueProbes, keepEnqueuing, nextAttemptsAfter, untilRan } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 90_000

const boundMs = BOUNDS.workerDeath

/** Jobs that are in the middle of their work when the fault comes. */
export const HELD = 10

/** Jobs that a worker has taken, and that wait at the gate; their ids. */
export async function held(stage: Stage): Promise<string[]> {
  const ids = await enqueueProbes(stage, HELD, { gate: stage.ledger.gate })
  await untilRan(stage, HELD)
  return ids
}

export function expectRestarts(count: number): string[] {
  return count >= HELD ? [] : [`Only ${count} of ${HELD} attempts were lost and made again`]
}

const killed = onBoth({
  name: 'worker-killed',
  fault: 'worker kill -9 mid-job',
  boundMs,
  quick: 'postgresql',
  async run(stage) {
    const worker = await stage.worker()
    await held(stage)
    await stage.worker()
    const client = keepEnqueuing(stage, 50)
    await pause(stage.random.between(0, 1_000))
    const since = Date.now()
    await kill(worker)
    stage.ledger.openGate()
    await pause(2_000)
    await client.stop()
    const problems = await endedProblems(LIMIT_MS)
    const { count, recoveryMs } = await nextAttemptsAfter(since, 'WORKER_LOST')
    return { recoveryMs, problems: [...problems, ...expectRestarts(count)] }
  },
})

const stopped = onBoth({
  name: 'worker-stopped',
  fault: 'SIGTERM with jobs longer than the grace',
  boundMs,
  async run(stage) {
    const worker = await stage.worker({ GRACE_MS: '1000' })
    await held(stage)
    await stage.worker()
    const client = keepEnqueuing(stage, 50)
    await pause(stage.random.between(0, 1_000))
    const since = Date.now()
    await kill(worker, 'SIGTERM')
    stage.ledger.openGate()
    await client.stop()
    const problems = await endedProblems(LIMIT_MS)
    const { count, recoveryMs } = await nextAttemptsAfter(since, 'WORKER_SHUTDOWN')
    const counted = await prisma().job.count({ where: { attempt: 2, maxAttempts: 3 } })
    return {
      recoveryMs,
      problems: [
        ...problems,
        ...expectRestarts(count),
        ...(counted > 0 ? [`The interrupted attempt counted against ${counted} jobs`] : []),
      ],
    }
  },
})

/** Workers that die, or are told to stop, while they hold jobs. */
export const workerDeath: Cell[] = [...killed, ...stopped]
