import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { enqueueProbe, lastEndAfter, nextAttemptsAfter, untilEnded } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 90_000
const CLIENTS = 3

/** A client that dies in the moment after its commit, before it could hand the job over. */
async function dyingClient(stage: Stage): Promise<void> {
  const program = fileURLToPath(new URL('dying-client.ts', import.meta.url))
  const child = fork(program, [stage.ledger.folder], { execArgv: ['--import', 'tsx'] })
  await once(child, 'exit')
  if (child.signalCode !== 'SIGKILL') throw new Error('The client did not die as it should')
}

const beforeDispatch = onBoth({
  name: 'crash-before-dispatch',
  quick: 'postgresql',
  fault: 'web killed between insert and dispatch',
  boundMs: BOUNDS.queueLoss,
  async run(stage) {
    await Promise.all(Array.from({ length: CLIENTS }, () => dyingClient(stage)))
    const ids = stage.ledger.acknowledged()
    const undispatched = await prisma().pendingDispatch.count()
    const since = Date.now()
    await stage.worker()
    const ended = await untilEnded(LIMIT_MS)
    return {
      recoveryMs: await lastEndAfter(since, ids),
      problems: [
        ...(ended ? [] : ['Not all jobs ended in time']),
        ...(undispatched === CLIENTS ? [] : [`Only ${undispatched} of ${CLIENTS} crashed in time`]),
      ],
    }
  },
})

const afterEffect = onBoth({
  name: 'crash-after-effect',
  fault: 'worker killed between effect and record',
  boundMs: BOUNDS.workerDeath,
  async run(stage) {
    const doomed = await stage.worker()
    const gone = once(doomed, 'exit')
    const id = await enqueueProbe(stage, { crashes: 1 })
    await gone
    const since = Date.now()
    await stage.worker()
    const ended = await untilEnded(LIMIT_MS)
    const { recoveryMs } = await nextAttemptsAfter(since, 'WORKER_LOST')
    const outcomes = (await attemptsOf(id)).map(({ outcome }) => outcome).join(', ')
    const runs = stage.ledger.effects().length
    return {
      recoveryMs,
      problems: [
        ...(ended ? [] : ['Not all jobs ended in time']),
        ...(outcomes === 'LOST, COMPLETED' ? [] : [`The attempts ended ${outcomes}`]),
        ...(runs === 2 ? [] : [`The effect was made ${runs} times in two attempts`]),
      ],
    }
  },
})

/** Programs that die at the worst moment. */
export const crashPoints: Cell[] = [...beforeDispatch, ...afterEffect]
