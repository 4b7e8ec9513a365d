import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Job } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { pauseJobs, resumeJobs } from '@/lib/jobs/pauses/change'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { dispatch } from '@/lib/jobs/transitions/dispatch'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { queue } from '@/lib/queue/backend'
import { addEntries } from '@/lib/queue/entries'
import { entryStates } from '@/lib/queue/inspect'
import { createUser, forkWorker, handlerFiles, kill, reaches, submit } from '@/test/support/engine'
import { recordJobs } from '@/test/support/many-jobs'
import { holding, holdingSome } from '@/test/support/pauses'
import { forgetDispatch } from '@/test/support/pending-dispatch'
import { hastyProbe, probe, probeJobs } from '@/test/support/probe'
import { repairsOf } from '@/test/support/repairs'
import { createClaim } from '@/workers/runtime/attempts'
import { startWorker } from '@/workers/runtime/worker'
import { readEntries, readOutstanding } from '@/workers/supervisor/outstanding'
import { createReconciler } from '@/workers/supervisor/reconciler'
import { relay } from '@/workers/supervisor/relay'
import { startSupervisor } from '@/workers/supervisor/supervisor'

const admin = { userId: '00000000-0000-7000-8000-000000000000', role: 'ADMIN' } as const
const anything = {
  type: null,
  owner: null,
  tag: null,
  minutes: null,
  reason: 'The cause is looked for',
}

/** Pauses the jobs with a tag. @returns its id */
async function pauseTag(tag: string, minutes: number | null = null): Promise<string> {
  return (await pauseJobs(admin, { ...anything, tag, minutes })).id
}

/** Enqueues jobs tagged `slow`. @returns their records */
async function submitMany(count: number, ownerId: string | null = null): Promise<Job[]> {
  const items = Array.from({ length: count }, () => ({ input: {} }))
  const { batchId } = await transaction((tx) =>
    enqueueMany(tx, probe, items, { ownerId, tags: ['slow'] }),
  )
  return prisma().job.findMany({ where: { batchId } })
}

/** A job with a tag that its queue should have and has not. @returns its id */
async function recordTagged(tag: string): Promise<string[]> {
  const ids = await recordJobs(1)
  await prisma().job.updateMany({ where: { id: { in: ids } }, data: { tags: [tag] } })
  return ids
}

const entryState = async (id: string) => (await entryStates('probe', [id])).get(id)

/** What a pause promises, on whatever carries the queues. */
export function describePauses(): void {
  beforeEach(async () => {
    await pool().query('DELETE FROM "Job"')
    await (await queue('probe')).obliterate({ force: true })
  })
  afterEach(() => pool().query('DELETE FROM "Pause"'))

  describe('with a worker', () => {
    let worker: Awaited<ReturnType<typeof startWorker>>
    let supervisor: ReturnType<typeof startSupervisor>
    beforeAll(async () => {
      worker = await startWorker({ jobs: probeJobs, version: 'test' })
      supervisor = startSupervisor(['probe'])
    })
    afterAll(async () => {
      await worker.stop(1_000)
      await supervisor.stop()
    })

    test('a paused job leaves its queue, and others beside it run', async () => {
      const pause = await pauseTag('slow')
      const { id } = await submit(probe, {}, { tags: ['slow', 'new'] })
      const other = await submit(probe, {}, { tags: ['new'] })
      await holding(pause, 1)
      await reaches(other.id, 'COMPLETED')
      expect(await prisma().job.findUnique({ where: { id } })).toMatchObject({
        status: 'QUEUED',
        attempt: 0,
      })
      await expect.poll(() => entryState(id), { timeout: 15_000 }).toBe('absent')
      // Nobody takes it for a job that its queue lost.
      expect((await createReconciler(['probe'])()).repaired).toBe(0)
      expect(await entryState(id)).toBe('absent')
    })

    test('once it is resumed a job waits from then on and runs, and nothing had to be repaired', async () => {
      const repairs = await repairsOf('entry_missing')
      const pause = await pauseTag('slow')
      const jobs = await submitMany(50)
      await holding(pause, 50)
      const resumedAt = Date.now()
      await resumeJobs(admin, pause)
      for (const { id } of jobs) {
        const { attempt, waitingSince } = await reaches(id, 'COMPLETED')
        expect(attempt).toBe(1)
        expect(Number(waitingSince)).toBeGreaterThanOrEqual(resumedAt)
      }
      expect((await createReconciler(['probe'])()).repaired).toBe(0)
      expect(await repairsOf('entry_missing')).toBe(repairs)
      expect(await prisma().pendingDispatch.count()).toBe(0)
    })

    test('one that is resumed while workers meet its jobs leaves none behind', async () => {
      const pause = await pauseTag('slow')
      const jobs = await submitMany(300)
      await holdingSome(pause)
      await resumeJobs(admin, pause)
      for (const { id } of jobs)
        expect(await reaches(id, 'COMPLETED')).toMatchObject({ attempt: 1 })
      expect((await createReconciler(['probe'])()).repaired).toBe(0)
    })

    test('it is over when its time has come', async () => {
      const pause = await pauseTag('slow', 1)
      const { id } = await submit(probe, {}, { tags: ['slow'] })
      await holding(pause, 1)
      await pool().query(`UPDATE "Pause" SET until = now() + interval '1 second'`)
      await reaches(id, 'COMPLETED')
    })

    test('it is about a type, a person, a tag, or all of these', async () => {
      const [ann, ben] = [await createUser(), await createUser()]
      const held = await prisma().pause.create({
        data: { id: ann, type: 'hasty-probe', ownerId: ann, tag: 'slow', reason: 'All of these' },
      })
      const tags = ['slow']
      const all = await submit(hastyProbe, {}, { ownerId: ann, tags })
      const others = [
        await submit(probe, {}, { ownerId: ann, tags }),
        await submit(hastyProbe, {}, { ownerId: ben, tags }),
        await submit(hastyProbe, {}, { tags }),
        await submit(hastyProbe, {}, { ownerId: ann }),
      ]
      for (const { id } of others) await reaches(id, 'COMPLETED')
      await holding(held.id, 1)
      expect(await prisma().pendingDispatch.findMany()).toMatchObject([{ jobId: all.id }])
    })

    test('of two pauses the one that lasts longest holds a job, and the other one may go', async () => {
      const [short, long] = [await pauseTag('slow', 1), await pauseTag('new', 60)]
      const { id } = await submit(probe, {}, { tags: ['slow', 'new'] })
      await holding(long, 1)
      await resumeJobs(admin, short)
      const other = await submit(probe, {}, { tags: ['slow'] })
      await reaches(other.id, 'COMPLETED')
      await holding(long, 1)
      await resumeJobs(admin, long)
      await reaches(id, 'COMPLETED')
    })

    test('a held job that is canceled has ended, and runs when it is retried and the pause is over', async () => {
      const pause = await pauseTag('slow')
      const { id } = await submit(probe, {}, { tags: ['slow'] })
      await holding(pause, 1)
      await cancelJob(admin, id)
      expect(await prisma().job.findUnique({ where: { id } })).toMatchObject({ status: 'CANCELED' })
      await holding(pause, 0)
      await retryJob(admin, id)
      await holding(pause, 1)
      await resumeJobs(admin, pause)
      await reaches(id, 'COMPLETED')
    })

    test('what runs when it begins ends, and its next attempt waits', async () => {
      const files = await handlerFiles()
      const given = { effects: files.effects, gate: files.gate, failures: 1 }
      const { id } = await submit(probe, given, { tags: ['slow'] })
      await files.ran(1)
      const pause = await pauseTag('slow')
      await files.openGate()
      await holding(pause, 1)
      expect(await prisma().job.findUnique({ where: { id } })).toMatchObject({
        status: 'RETRYING',
        attempt: 1,
      })
      await resumeJobs(admin, pause)
      expect(await reaches(id, 'COMPLETED')).toMatchObject({ attempt: 2 })
    })

    test('held jobs are in no line, and take their turn anew when they are resumed', async () => {
      const ann = await createUser()
      const pause = await pauseTag('slow')
      const held = await submitMany(20, ann)
      await holding(pause, 20)
      const turnOf = async (id: string) =>
        (await prisma().job.findUniqueOrThrow({ where: { id } })).turn
      const files = await handlerFiles()
      const line = await prisma().lineTurn.findFirst({ where: { queue: 'probe', priority: 10 } })
      const other = await submit(probe, { gate: files.gate }, { ownerId: ann })
      expect(await turnOf(other.id)).toBeLessThan((line?.turn ?? 0) + 20)
      await resumeJobs(admin, pause)
      for (const { id } of held) await reaches(id, 'COMPLETED')
      const turns = await Promise.all(held.map(({ id }) => turnOf(id)))
      expect(Math.min(...turns)).toBeGreaterThan(0)
      expect(new Set(turns).size).toBe(20)
      await files.openGate()
      await reaches(other.id, 'COMPLETED')
    })
  })

  describe('at the moment between', () => {
    const claim = createClaim(uuidv7(), () => 1)
    const meet = (jobId: string) => claim({ jobId, token: randomUUID() })

    test('a job that is held while it is handed over stays held', async () => {
      const pause = await pauseTag('slow')
      const [id = ''] = await recordTagged('slow')
      await forgetDispatch([id])
      await dispatch(await readOutstanding(1, null), async (name, entries) => {
        await addEntries(name, entries)
        expect(await meet(id)).toEqual({ decision: 'drop' })
      })
      await holding(pause, 1)
    })

    test('a job whose entry its worker has yet to drop is handed over once that is gone', async () => {
      const pause = await pauseTag('slow')
      const [id = ''] = await recordTagged('slow')
      await addEntries('probe', await readEntries([id]))
      expect(await meet(id)).toEqual({ decision: 'drop' })
      await resumeJobs(admin, pause)
      await relay()
      await holding(pause, 1)
      await (await queue('probe')).remove(id)
      await relay()
      await holding(pause, 0)
      expect(await entryState(id)).toBe('served')
    })
  })

  test('a worker that is killed while it holds jobs leaves none behind', async () => {
    const pause = await pauseTag('slow')
    const first = await forkWorker()
    const jobs = await submitMany(200)
    await holdingSome(pause)
    await kill(first)
    const second = await forkWorker()
    await holding(pause, 200, 60_000)
    await resumeJobs(admin, pause)
    for (const { id } of jobs) await reaches(id, 'COMPLETED', 60_000)
    await kill(second, 'SIGTERM')
  }, 120_000)
}
