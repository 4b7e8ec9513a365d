import { kill, submit } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { novel } from './jobs'
import { endedProblems, enqueueProbe, lastEndAfter } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 90_000
const JOBS = 40

async function enqueueNovel({ ledger }: Stage): Promise<string> {
  const { id } = await submit(novel, { ledger: ledger.effectsFile })
  ledger.acknowledge(id)
  return id
}

const mixed = onBoth({
  name: 'old-and-new',
  fault: 'workers of two versions on one queue, of which one knows a type more',
  boundMs: BOUNDS.workerDeath,
  async run(stage) {
    const old = await stage.worker()
    await stage.worker({ NEW_VERSION: '1' })
    const ids: string[] = []
    const since = Date.now()
    for (let each = 0; each < JOBS; each++) {
      const id = await enqueueNovel(stage)
      // The old version cannot run it: it may say so for good, but not leave it hanging.
      stage.expectations.ends(id)
      ids.push(id, await enqueueProbe(stage))
    }
    await kill(old, 'SIGTERM')
    ids.push(await enqueueNovel(stage))
    const problems = await endedProblems(LIMIT_MS)
    return { recoveryMs: await lastEndAfter(since, ids), problems }
  },
})

/** Releases that are not everywhere at once. */
export const versions: Cell[] = mixed
