import { prisma } from '@/lib/db/prisma'
import { kill, submit } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { odd } from './jobs'
import { endedProblems, enqueueProbe, enqueueSlow, lastEndAfter } from './load'
import { oddityNames } from './oddities'
import type { Stage } from './stage'

const LIMIT_MS = 45_000
const STOP_MS = 10_000
/** Healthy jobs among the odd ones, whose endings are written by the same statements. */
const HEALTHY_EACH = 2

/** Times to wait that no timer knows. */
const ODD_WAITS = ['NaN', '-1', 'soon']

async function enqueueOdd(stage: Stage, oddity: string): Promise<string> {
  const { ledger, expectations } = stage
  const { id } = await submit(odd, { ledger: ledger.effectsFile, oddity })
  ledger.acknowledge(id)
  expectations.ends(id)
  return id
}

const oddResults = onBoth({
  name: 'odd-results',
  fault: 'handlers that return, throw, log or ask for what no record can hold [R2] [R12]',
  boundMs: BOUNDS.ending,
  quick: 'each',
  async run(stage) {
    const since = Date.now()
    const ids: string[] = []
    const healthy: string[] = []
    for (const oddity of stage.random.some(oddityNames, oddityNames.length)) {
      ids.push(await enqueueOdd(stage, oddity))
      for (let each = 0; each < HEALTHY_EACH; each++) healthy.push(await enqueueProbe(stage))
    }
    for (const retryAfter of ODD_WAITS) {
      const id = await enqueueSlow(stage, { ms: 10, retryAfter })
      stage.expectations.fails(id, 'flaky')
      ids.push(id)
    }
    const enqueued = Date.now()
    const worker = await stage.worker()
    const problems = await endedProblems(LIMIT_MS)
    const recoveryMs = await lastEndAfter(Math.max(since, enqueued), [...ids, ...healthy])
    const again = await prisma().job.count({ where: { id: { in: healthy }, attempt: { gt: 1 } } })
    const stopping = Date.now()
    await kill(worker, 'SIGTERM')
    const stopMs = Date.now() - stopping
    await stage.worker()
    return {
      recoveryMs,
      problems: [
        ...problems,
        ...(again === 0 ? [] : [`${again} healthy jobs beside them ran more than once`]),
        ...(stopMs <= STOP_MS ? [] : [`The worker took ${stopMs} ms to stop`]),
      ],
    }
  },
})

/** What a developer's handler may give. */
export const oddities: Cell[] = oddResults
