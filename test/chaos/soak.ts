import { setTimeout as pause } from 'node:timers/promises'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { AppError } from '@/lib/errors/app-error'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { createUser } from '@/test/support/engine'
import { type Cell, onBoth } from './cell'
import { type Fault, faultsOf, type Target } from './faults'
import { keepWorker } from './keep-worker'
import { endedProblems, enqueueProbe, enqueueSlow, lastEndAfter } from './load'
import { startReceiver } from './receiver'
import type { Stage } from './stage'
import { keepAsking, settleIn } from './traffic'

const AT_ONCE = 3
const WORKERS = 3
const LIMIT_MS = 240_000
const BOUND_MS = 120_000
/** A moment of quiet between two faults of a kind of trouble. */
const QUIET_MS = 5_000

const storm = onBoth({
  name: 'soak',
  fault: `${AT_ONCE} random faults at once`,
  boundMs: BOUND_MS,
  ownServer: true,
  soak: true,
  alone: true,
  async run(stage) {
    const receiver = await startReceiver(stage.ledger)
    stage.onClose(() => receiver.close())
    const viewer: Viewer = { userId: await createUser(), role: 'USER' }
    await settleIn(viewer.userId, receiver)
    const workers = []
    for (let each = 0; each < WORKERS; each++) {
      workers.push(await keepWorker(stage, { ALL_JOBS: '1' }))
    }
    const traffic = keepAsking(stage, viewer.userId, receiver)
    const load = keepWorking(stage, viewer)
    const target: Target = { stage, workers, problems: [] }
    await rage(target, stage.terms.minutes * 60_000)
    const since = Date.now()
    await pause(2_000)
    await load.stop()
    await traffic.stop()
    const problems = [...target.problems, ...(await endedProblems(LIMIT_MS))]
    await allowOutages(stage)
    return { recoveryMs: await lastEndAfter(since, stage.ledger.acknowledged()), problems }
  },
})

/**
 * Mails and webhooks look things up in PostgreSQL: one that lost it in each of its attempts failed as
 * it should, and says so.
 */
async function allowOutages({ expectations }: Stage): Promise<void> {
  const failed = await prisma().job.findMany({
    where: { status: 'FAILED', type: { in: ['email', 'webhook'] } },
    select: { id: true, attempt: true, maxAttempts: true },
  })
  for (const { id, attempt, maxAttempts } of failed) {
    if (attempt >= maxAttempts) expectations.ends(id)
  }
}

/** Several faults at any time; one that strikes is not struck again before it is over. */
async function rage(target: Target, milliseconds: number): Promise<void> {
  const { random } = target.stage
  const end = Date.now() + milliseconds
  const under = new Set<Fault>()
  const again = async () => {
    while (Date.now() < end) {
      const fault = random.pick(faultsOf(target.stage).filter((each) => !under.has(each)))
      under.add(fault)
      console.log(`${new Date().toISOString()} ${fault.name}`)
      // A fault may hit what another one has taken away already.
      await fault.strike(target).catch((error: unknown) => console.log(`It missed: ${error}`))
      under.delete(fault)
      await pause(random.between(0, QUIET_MS))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, again))
}

/** Jobs that run, fail, wait for their time, and are canceled; what is refused meanwhile does not matter. */
function keepWorking(stage: Stage, viewer: Viewer) {
  const { random } = stage
  const kinds = [
    () => enqueueProbe(stage, { failures: random.between(0, 2) }),
    () => enqueueProbe(stage, {}, { delayMs: random.between(0, 20_000) }),
    () => enqueueSlow(stage, { ms: random.between(10, 5_000) }, { ownerId: viewer.userId }),
    () => cancelSlow(stage, viewer),
  ]
  let stopped = false
  const loop = async () => {
    while (!stopped) {
      await random
        .pick(kinds)()
        .catch(() => undefined)
      await pause(random.between(0, 200))
    }
  }
  const done = loop()
  stage.onClose(() => {
    stopped = true
  })
  return {
    async stop() {
      stopped = true
      await done
    },
  }
}

async function cancelSlow(stage: Stage, viewer: Viewer): Promise<void> {
  const { expectations, random } = stage
  const id = await enqueueSlow(stage, { ms: random.between(10, 2_000) }, { ownerId: viewer.userId })
  await pause(random.between(0, 1_000))
  try {
    await cancelJob(viewer, id)
    expectations.canceled(id, Date.now())
  } catch (error) {
    // An answer that never came may have been a yes.
    if (!(error instanceof AppError)) expectations.unsure(id)
  }
}

/** Everything at once. */
export const soak: Cell[] = storm
