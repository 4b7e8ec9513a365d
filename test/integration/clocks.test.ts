import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { RAN_MS, WAITED_MS } from '@/lib/jobs/clock'
import { queuesNow } from '@/lib/jobs/lists/queues-now'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { jobView } from '@/lib/jobs/view'
import { createUser, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe, probeJobs } from '@/test/support/probe'
import { startWorker } from '@/workers/runtime/worker'

ownDatabase()

const WEEK_MS = 7 * 24 * 3_600_000
const SOON_MS = 30_000

let worker: Awaited<ReturnType<typeof startWorker>> | undefined
beforeAll(async () => {
  worker = await startWorker({ jobs: probeJobs, version: 'test' })
})
afterAll(() => worker?.stop(1_000))

async function viewOf(id: string) {
  return jobView(await prisma().job.findUniqueOrThrow({ where: { id } }))
}

/** Lets all that happened to a job have happened so much earlier. */
async function age(id: string, ms: number): Promise<void> {
  const times = ['createdAt', 'runAt', 'waitingSince', 'startedAt', 'finishedAt']
  const earlier = times.map((name) => `"${name}" = "${name}" - $2 * interval '1 ms'`)
  await pool().query(`UPDATE "Job" SET ${earlier} WHERE id = $1`, [id, ms])
}

/** How long the latest attempt of a job waited and ran. */
async function clockOf(id: string): Promise<{ waited: number | null; ran: number | null }> {
  const { rows } = await pool().query(
    `SELECT ${WAITED_MS} AS waited, ${RAN_MS} AS ran FROM "Job" job WHERE id = $1`,
    [id],
  )
  return rows[0]
}

test('a failure of last week that is retried has waited since then, and ran as long as its new attempt', async () => {
  const ownerId = await createUser()
  const { id } = await submit(probe, { failures: 1, permanent: true }, { ownerId })
  await reaches(id, 'FAILED')
  expect((await viewOf(id)).waitingSince).toBeNull()
  await age(id, WEEK_MS)

  await worker?.stop(1_000)
  const { waitingSince } = jobView(await retryJob({ userId: ownerId, role: 'USER' }, id))
  expect(Date.now() - Date.parse(waitingSince ?? '')).toBeLessThan(SOON_MS)
  const { oldestSince } = (await queuesNow(['probe'])).get('probe') ?? {}
  expect(oldestSince?.toISOString()).toBe(waitingSince)
  expect(await clockOf(id)).toEqual({ waited: null, ran: null })

  worker = await startWorker({ jobs: probeJobs, version: 'test' })
  const job = await reaches(id, 'COMPLETED')
  expect(job.waitingSince?.toISOString()).toBe(waitingSince)
  expect(await clockOf(id)).toEqual({
    waited: Number(job.startedAt) - Date.parse(waitingSince ?? ''),
    ran: Number(job.finishedAt) - Number(job.startedAt),
  })
  expect(Number(job.finishedAt) - Number(job.startedAt)).toBeLessThan(SOON_MS)
})

test('a job waits from its time on, not from when it was enqueued', async () => {
  const { id } = await submit(probe, {}, { delayMs: WEEK_MS })
  expect((await viewOf(id)).waitingSince).toBeNull()
  await age(id, 2 * WEEK_MS)
  const { waitingSince, runAt } = await viewOf(id)
  expect(waitingSince).toBe(runAt)
})

test('a pause between attempts is no waiting', async () => {
  const { id } = await submit(probe, { failures: 1, retryAfterMs: 1_000 })
  await reaches(id, 'RETRYING')
  const paused = await viewOf(id)
  expect(paused.waitingSince).toBeNull()
  const job = await reaches(id, 'COMPLETED')
  expect(job.waitingSince?.toISOString()).toBe(paused.nextAttemptAt)
  expect((await clockOf(id)).waited).toBeLessThan(SOON_MS)
})
