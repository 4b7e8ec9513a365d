import { setTimeout as pause } from 'node:timers/promises'
import type { Viewer } from '@/lib/access/viewer'
import { AppError } from '@/lib/errors/app-error'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { createUser } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { endedProblems, enqueueSlow, lastEndAfter } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 45_000
const ALONE = 40
const TOGETHER = 60
/** An attempt takes this long and fails; the next one follows 50 ms later. */
const ATTEMPT_MS = 30
/** From the first attempt to after the last. */
const WITHIN_MS = 250

const raced = onBoth({
  name: 'cancels',
  fault: '40 cancels one by one and 60 at once, while attempts fail [R5]',
  boundMs: BOUNDS.ending,
  quick: 'each',
  async run(stage) {
    const viewer: Viewer = { userId: await createUser(), role: 'USER' }
    await stage.worker()
    const share = stage.terms.small ? 3 : 1
    const ids: string[] = []
    for (let each = 0; each < ALONE / share; each++) ids.push(await failAndCancel(stage, viewer))
    const together = Array.from({ length: TOGETHER / share }, () => failAndCancel(stage, viewer))
    ids.push(...(await Promise.all(together)))
    const since = Date.now()
    const problems = await endedProblems(LIMIT_MS)
    const accepted = ids.filter((id) => stage.expectations.of(id).canceledAt !== undefined).length
    return {
      recoveryMs: await lastEndAfter(since, ids),
      problems: [...problems, ...(accepted > 0 ? [] : ['No cancel came in time'])],
    }
  },
})

/** Cancels a job at some moment of its few attempts, and notes what was answered; its id. */
async function failAndCancel(stage: Stage, viewer: Viewer): Promise<string> {
  const { expectations, random } = stage
  const options = { ownerId: viewer.userId }
  const id = await enqueueSlow(stage, { ms: ATTEMPT_MS, retryAfter: '0' }, options)
  expectations.fails(id, 'flaky')
  await pause(random.between(0, WITHIN_MS))
  try {
    await cancelJob(viewer, id)
    expectations.canceled(id, Date.now())
  } catch (error) {
    // It had ended already, and somebody was told so.
    if (!(error instanceof AppError)) throw error
  }
  return id
}

/** People who stop their jobs. */
export const cancels: Cell[] = raced
