import { setTimeout as pause } from 'node:timers/promises'
import { prisma } from '@/lib/db/prisma'
import { kill, submit } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { novel, renewed } from './jobs'
import { endedProblems, enqueueProbe, enqueueSlow, lastEndAfter } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 90_000
/** How long the older workers are alone with what they do not know. */
const ALONE_MS = 6_000

/** Enqueues, as the newer version does, jobs that older workers do not know, and notes them. */
async function enqueueNew({ ledger }: Stage): Promise<string[]> {
  const effects = { ledger: ledger.effectsFile }
  const jobs = [await submit(novel, effects), await submit(renewed, { ...effects, ms: 5 })]
  for (const { id } of jobs) ledger.acknowledge(id)
  return jobs.map(({ id }) => id)
}

/** One round of all that the two versions make. */
async function enqueueMixed(stage: Stage): Promise<string[]> {
  const old = [await enqueueProbe(stage), await enqueueSlow(stage, { ms: 5 })]
  return [...old, ...(await enqueueNew(stage))]
}

/** A job that only newer workers know costs an attempt of nobody else. */
async function spentProblems(ids: string[]): Promise<string[]> {
  const spent = await prisma().job.count({ where: { id: { in: ids }, attempt: { gt: 1 } } })
  return spent > 0 ? [`${spent} jobs needed more than one attempt`] : []
}

const mixed = onBoth({
  name: 'old-and-new',
  fault: 'workers of two versions on one queue, of which one knows a type and an input more',
  boundMs: BOUNDS.workerDeath,
  quick: 'each',
  async run(stage) {
    const rounds = stage.terms.small ? 10 : 40
    const older = [await stage.worker(), await stage.worker()]
    const ids = await enqueueNew(stage)
    await pause(ALONE_MS)
    const open = await prisma().job.count({ where: { id: { in: ids }, attempt: 0, endedAs: null } })
    const early = open < ids.length ? ['An older worker began what it does not know'] : []
    const since = Date.now()
    await stage.worker({ NEW_VERSION: '1' })
    for (let each = 0; each < rounds; each++) ids.push(...(await enqueueMixed(stage)))
    const ended = await endedProblems(LIMIT_MS)
    const recoveryMs = await lastEndAfter(since, ids)
    // The last of a deployment: the older ones go, and nothing is left with them.
    for (const each of older) await kill(each, 'SIGTERM')
    ids.push(...(await enqueueMixed(stage)))
    const last = await endedProblems(LIMIT_MS)
    return { recoveryMs, problems: [...early, ...ended, ...last, ...(await spentProblems(ids))] }
  },
})

/** Releases that are not everywhere at once. */
export const versions: Cell[] = mixed
