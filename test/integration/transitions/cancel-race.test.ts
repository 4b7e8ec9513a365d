import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { expect, it } from 'vitest'
import type { Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { claimJobs } from '@/lib/jobs/transitions/claim'
import { type Ending, finishJobs } from '@/lib/jobs/transitions/finish'
import { createRandom } from '@/test/chaos/random'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'
import { retryUntilAvailable } from '@/workers/runtime/retry-until-available'

ownDatabase()

const JOBS = 1_000
/** Jobs of one statement of the worker, and people who cancel at the same time. */
const FLUSH = 100
const PEOPLE = 6

const workerId = uuidv7()
const error = { name: 'Error', message: 'It failed, as always.' }

it('ends each of 1,000 jobs whose attempts fail at that moment: none runs again [R5]', async () => {
  const owner = await createViewer()
  const items = Array.from({ length: JOBS }, () => ({ input: {} }))
  await transaction((tx) => enqueueMany(tx, probe, items, { ownerId: owner.userId }))
  const ids = (await prisma().job.findMany({ select: { id: true } })).map(({ id }) => id)
  const accepted = new Map<string, Job>()

  const left = createRandom(1).some(ids, JOBS)
  const people = Array.from({ length: PEOPLE }, async () => {
    for (let id = left.pop(); id; id = left.pop()) accepted.set(id, await cancel(owner, id))
  })
  const workers = [ids.slice(0, JOBS / 2), ids.slice(JOBS / 2)].map(async (mine) => {
    while (accepted.size < JOBS) await failEach(mine)
    await failEach(mine)
  })
  await Promise.all([...people, ...workers])

  const jobs = await prisma().job.findMany()
  const expected = jobs.map(({ id }) => [id, 'CANCELED', accepted.get(id)?.attempt])
  expect(jobs.map(({ id, status, attempt }) => [id, status, attempt])).toEqual(expected)
  // Some waited when they were canceled, some ran; most had failed before.
  const was = [...accepted.values()].map(({ status }) => status)
  expect(new Set(was)).toEqual(new Set(['CANCELED', 'ACTIVE']))
  expect(jobs.some(({ attempt }) => attempt > 1)).toBe(true)
}, 60_000)

/** Cancels as a person does; what stood in a deadlock is asked for again. */
async function cancel(owner: Viewer, id: string): Promise<Job> {
  const { job } = await retryUntilAvailable(() => cancelJob(owner, id))
  return job
}

/** Takes those of the jobs that may run: every attempt fails, and may be tried again at once. */
async function failEach(ids: string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += FLUSH) {
    const flush = ids.slice(start, start + FLUSH)
    const deliveries = flush.map((jobId) => ({ jobId, token: randomUUID() }))
    const answers = await retryUntilAvailable((again) =>
      claimJobs(
        deliveries.map((delivery) => ({ ...delivery, again })),
        workerId,
        1,
      ),
    )
    const endings = answers.flatMap((answer): Ending[] => {
      if (answer.decision !== 'run') return []
      return [{ ...answer.claimed, outcome: 'FAILED', status: 'RETRYING', uncounted: true, error }]
    })
    await retryUntilAvailable(() => finishJobs(endings))
  }
}
