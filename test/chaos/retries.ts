import { setTimeout as pause } from 'node:timers/promises'
import { drainWorker } from '@/app/_server/queue/workers'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { retryJobs } from '@/lib/jobs/transitions/retry'
import { kill } from '@/test/support/engine'
import { createViewer } from '@/test/support/owner'
import { BOUNDS, type Cell, onBoth } from './cell'
import { endedProblems, enqueueProbe, lastEndAfter, untilEnded } from './load'

const LIMIT_MS = 90_000
const JOBS = 100

const whileDraining = onBoth({
  name: 'retry-all-draining',
  fault: `${JOBS} failed jobs retried while one worker is drained and stopped`,
  boundMs: BOUNDS.workerDeath,
  async run(stage) {
    const admin = await createViewer('ADMIN')
    const leaving = await stage.worker()
    await stage.worker()
    const ids: string[] = []
    while (ids.length < JOBS) {
      ids.push(await enqueueProbe(stage, { failures: 1, permanent: true }))
    }
    if (!(await untilEnded(LIMIT_MS))) throw new Error('They did not fail as they should')
    const since = Date.now()
    const drained = await prisma().worker.findFirstOrThrow({ where: { pid: leaving.pid ?? 0 } })
    const draining = drainWorker(admin, drained.id)
    const retried = await transaction((tx) => retryJobs(tx, ids))
    for (const id of ids) stage.expectations.retried(id)
    await draining
    await pause(stage.random.between(0, 300))
    await kill(leaving, 'SIGTERM')
    const problems = await endedProblems(LIMIT_MS)
    return {
      recoveryMs: await lastEndAfter(since, ids),
      problems: [
        ...problems,
        ...(retried.length === JOBS
          ? []
          : [`${retried.length} of ${JOBS} failed jobs were retried`]),
      ],
    }
  },
})

/** What operators do while workers come and go. */
export const retries: Cell[] = whileDraining
