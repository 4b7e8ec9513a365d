import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { type ClaimedAttempt, claimJobs, type Delivery } from '@/lib/jobs/transitions/claim'
import { type Ending, type FinishAnswer, finishJobs } from '@/lib/jobs/transitions/finish'
import { promoteJobs } from '@/lib/jobs/transitions/promote'
import { recoverJobs } from '@/lib/jobs/transitions/recover'
import { queue } from '@/lib/queue/backend'
import { probe } from '@/test/support/probe'
import { retryUntilAvailable } from '@/workers/runtime/retry-until-available'

/** What everybody who plays along shares. */
export type Play = {
  owner: Viewer
  jobs: string[]
  workers: string[]
  /** Attempts that somebody holds, or believes to hold. */
  held: ClaimedAttempt[]
  /** What the statements answered, to be compared with what was written. */
  claimed: ClaimedAttempt[]
  finished: { ending: Ending; answer: FinishAnswer }[]
  canceled: string[]
  retried: string[]
  /** Jobs that were to go whether they had ended or not. */
  erased: string[]
}

export async function beginPlay(owner: Viewer): Promise<Play> {
  const records = { claimed: [], finished: [], canceled: [], retried: [], erased: [] }
  const play = { owner, jobs: [], workers: [], held: [], ...records }
  for (const _ of [1, 2, 3]) await addWorker(play)
  return play
}

export const idsOf = (changed: { id: string }[]) => changed.map(({ id }) => id)

/** Claims as a worker does: what stood in a deadlock is repeated, and what means nothing is dropped. */
export async function claim(
  play: Play,
  deliveries: Delivery[],
  worker: string,
  roomApart = 2,
): Promise<ClaimedAttempt[]> {
  const answers = await retryUntilAvailable((again) =>
    claimJobs(
      deliveries.map((delivery) => ({ again, ...delivery })),
      worker,
      roomApart,
    ),
  )
  const claimed = answers.flatMap((one) => (one.decision === 'run' ? [one.claimed] : []))
  play.claimed.push(...claimed)
  const target = await queue(probe.queue)
  const dropped = deliveries.filter((_, index) => answers[index]?.decision === 'drop')
  await Promise.all(dropped.map(({ jobId }) => target.remove(jobId)))
  return claimed
}

export async function finish(play: Play, endings: Ending[]): Promise<void> {
  const answers = await retryUntilAvailable(() => finishJobs(endings))
  for (const [index, ending] of endings.entries()) {
    play.finished.push({ ending, answer: answers[index] ?? 'refused' })
  }
}

/**
 * Lets everything that is open come to its end, as workers would.
 * @returns how many jobs have not, after more rounds than any should take
 */
export async function endPlay(play: Play): Promise<number> {
  await prisma().pause.deleteMany()
  await pool().query('UPDATE "Worker" SET "stoppedAt" = now()')
  await addWorker(play)
  const worker = play.workers.at(-1) ?? ''
  for (let round = 0; round < 5; round++) {
    await recoverJobs()
    const ids = idsOf(await prisma().job.findMany({ where: { endedAs: null } }))
    if (ids.length === 0) return 0
    await transaction((tx) => promoteJobs(tx, ids))
    const deliveries = ids.map((jobId) => ({ jobId, token: randomUUID() }))
    const held = await claim(play, deliveries, worker, ids.length)
    await finish(play, held.map(completed))
  }
  return prisma().job.count({ where: { endedAs: null } })
}

export function completed({ jobId, attempt, token }: ClaimedAttempt): Ending {
  return { jobId, attempt, token, outcome: 'COMPLETED', status: 'COMPLETED', result: '{}' }
}

export async function addWorker(play: Play): Promise<void> {
  const id = uuidv7()
  await pool().query(
    `INSERT INTO "Worker" (id, host, pid, version, queues) VALUES ($1, 'host', 1, '1', '{}')`,
    [id],
  )
  play.workers.push(id)
}
