import { setTimeout as pause } from 'node:timers/promises'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf, kill } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import {
  enqueueProbe,
  enqueueProbes,
  keepEnqueuing,
  nextAttemptsAfter,
  untilEnded,
  untilRan,
} from './load'
import { isRunning, type Stage } from './stage'

const LIMIT_MS = 90_000

const boundMs = BOUNDS.workerDeath

/** Jobs that are in the middle of their work when the fault comes. */
const HELD = 10

/** Fills a worker with jobs that wait at the gate; the worker. */
async function busyWorker(stage: Stage, env: Record<string, string> = {}) {
  const worker = await stage.worker(env)
  await enqueueProbes(stage, HELD, { gate: stage.ledger.gate })
  await untilRan(stage, HELD)
  return worker
}

async function settle(): Promise<string[]> {
  return (await untilEnded(LIMIT_MS)) ? [] : ['Not all jobs ended in time']
}

function expectRestarts(count: number): string[] {
  return count >= HELD ? [] : [`Only ${count} of ${HELD} attempts were lost and made again`]
}

const killed = onBoth({
  name: 'worker-killed',
  fault: 'worker kill -9 mid-job',
  boundMs,
  async run(stage) {
    const worker = await busyWorker(stage)
    await stage.worker()
    const client = keepEnqueuing(stage, 50)
    const since = Date.now()
    await kill(worker)
    stage.ledger.openGate()
    await pause(2_000)
    await client.stop()
    const problems = await settle()
    const { count, recoveryMs } = await nextAttemptsAfter(since, 'WORKER_LOST')
    return { recoveryMs, problems: [...problems, ...expectRestarts(count)] }
  },
})

/** Keeps a worker program running, as the launcher does. */
async function keepWorker(stage: Stage): Promise<() => void> {
  let wanted = true
  stage.onClose(() => {
    wanted = false
  })
  const start = async () => {
    const worker = await stage.worker()
    const again = () => wanted && start().catch(() => undefined)
    if (isRunning(worker)) worker.once('exit', again)
    else again()
  }
  await start()
  return () => {
    wanted = false
  }
}

const poison = onBoth({
  name: 'worker-poison',
  fault: 'a job that kills its worker each time',
  boundMs,
  async run(stage) {
    await keepWorker(stage)
    const id = await enqueueProbe(stage, { crashes: 99 })
    await untilRan(stage, 1)
    const client = keepEnqueuing(stage, 200)
    const problems = (await untilEnded(3 * boundMs, [id])) ? [] : ['The poison goes on']
    await client.stop()
    const attempts = await attemptsOf(id)
    const starts = attempts.map(({ startedAt }) => startedAt.getTime())
    const waits = starts.slice(1).map((start, at) => start - (starts[at] ?? start))
    return {
      recoveryMs: Math.max(...waits),
      failures: new Map([[id, 'worker_lost']]),
      problems: [...problems, ...(await settle())],
    }
  },
})

const paused = onBoth({
  name: 'worker-paused',
  fault: 'SIGSTOP past the lock, then SIGCONT',
  boundMs,
  async run(stage) {
    const sleeper = await busyWorker(stage)
    const since = Date.now()
    sleeper.kill('SIGSTOP')
    await stage.worker()
    // Each held job has a second run before the first may end.
    await untilRan(stage, 2 * HELD, LIMIT_MS)
    stage.ledger.openGate()
    const problems = await settle()
    sleeper.kill('SIGCONT')
    // It ends once its late outcomes were recorded or refused.
    await kill(sleeper, 'SIGTERM')
    const { count, recoveryMs } = await nextAttemptsAfter(since, 'WORKER_LOST')
    return { recoveryMs, problems: [...problems, ...expectRestarts(count)] }
  },
})

const stopped = onBoth({
  name: 'worker-stopped',
  fault: 'SIGTERM with jobs longer than the grace',
  boundMs,
  async run(stage) {
    const worker = await busyWorker(stage, { GRACE_MS: '1000' })
    await stage.worker()
    const client = keepEnqueuing(stage, 50)
    const since = Date.now()
    await kill(worker, 'SIGTERM')
    stage.ledger.openGate()
    await client.stop()
    const problems = await settle()
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

/** Workers that die, sleep or are told to stop while they hold jobs. */
export const workerDeath: Cell[] = [...killed, ...poison, ...paused, ...stopped]
