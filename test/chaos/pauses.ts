import { setTimeout as pause } from 'node:timers/promises'
import { kill } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { endedProblems, enqueueProbes, lastEndAfter, nextAttemptsAfter, untilRan } from './load'
import { expectRestarts, HELD, held } from './worker-death'

const boundMs = BOUNDS.workerDeath
const LIMIT_MS = 90_000

function sleeping(name: string, seconds: number, options: Partial<Cell> = {}): Cell[] {
  return onBoth({
    name,
    fault: `SIGSTOP of one of two workers ${seconds ? `for ${seconds} s` : 'past the lock'}`,
    boundMs,
    ...options,
    async run(stage) {
      const sleeper = await stage.worker()
      await held(stage)
      const since = Date.now()
      sleeper.kill('SIGSTOP')
      await stage.worker()
      // Each held job has a second run before the first may end.
      await untilRan(stage, 2 * HELD, LIMIT_MS)
      await pause(Math.max(0, since + seconds * 1_000 - Date.now()))
      stage.ledger.openGate()
      const problems = await endedProblems(LIMIT_MS)
      sleeper.kill('SIGCONT')
      // It ends once its late outcomes were recorded or refused.
      await kill(sleeper, 'SIGTERM')
      const { count, recoveryMs } = await nextAttemptsAfter(since, 'WORKER_LOST')
      return { recoveryMs, problems: [...problems, ...expectRestarts(count)] }
    },
  })
}

const PAUSE_MS = 20_000

const alone = onBoth({
  name: 'only-worker-paused',
  fault: 'SIGSTOP of the only worker for 20 s [R8]',
  boundMs,
  async run(stage) {
    const worker = await stage.worker()
    const ids = await held(stage)
    worker.kill('SIGSTOP')
    await pause(PAUSE_MS)
    worker.kill('SIGCONT')
    const since = Date.now()
    await pause(stage.random.between(0, 6_000))
    stage.ledger.openGate()
    const later = await enqueueProbes(stage, HELD)
    const problems = await endedProblems(LIMIT_MS)
    const { count } = await nextAttemptsAfter(since, 'WORKER_LOST')
    return {
      recoveryMs: await lastEndAfter(since, [...ids, ...later]),
      problems: [
        ...problems,
        ...(count === 0 ? [] : [`${count} attempts were made again, though nobody took them`]),
      ],
    }
  },
})

/** Workers that sleep, as a machine that is suspended or out of breath. */
export const pauses: Cell[] = [
  ...sleeping('worker-paused', 0),
  ...sleeping('worker-paused-120s', 120, { long: true }),
  ...alone,
]
