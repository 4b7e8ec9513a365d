import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { type Ending, finishJobs } from '@/lib/jobs/transitions/finish'
import { readTotals } from '@/lib/metrics/totals'
import { attemptsOf, createUser, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe } from '@/test/support/probe'
import { createClaim, finish } from '@/workers/runtime/attempts'
import { followEndings } from '@/workers/supervisor/endings'

ownDatabase()

const claim = createClaim(uuidv7(), () => 1)
const error = { name: 'Error', message: 'It failed.' }

/** A job whose first attempt runs. */
async function running() {
  const { id } = await submit(probe, {}, { ownerId: await createUser() })
  const answer = await claim({ jobId: id, token: randomUUID() })
  if (answer.decision !== 'run') throw new Error('Nobody else could have claimed it')
  return answer.claimed
}

/** The same once somebody has canceled it. */
async function canceled() {
  const claimed = await running()
  await prisma().job.update({
    where: { id: claimed.jobId },
    data: { cancelRequestedAt: new Date() },
  })
  return claimed
}

const recordOf = (id: string) => prisma().job.findUniqueOrThrow({ where: { id } })

describe('an accepted cancel', () => {
  it.each<Pick<Ending, 'outcome' | 'status' | 'retryInMs' | 'error'>>([
    { outcome: 'FAILED', status: 'RETRYING', retryInMs: 0, error },
    { outcome: 'FAILED', status: 'FAILED', error },
    { outcome: 'TIMED_OUT', status: 'RETRYING', retryInMs: 0, error },
    { outcome: 'INTERRUPTED', status: 'RETRYING', retryInMs: 0 },
    { outcome: 'CANCELED', status: 'RETRYING', retryInMs: 0 },
  ])('ends a job whose attempt is $outcome and asks for $status [R5]', async (ended) => {
    const claimed = await canceled()
    const ending = { ...claimed, ...ended }
    expect(await finish(ending)).toBe('CANCELED')
    expect(await recordOf(claimed.jobId)).toMatchObject({
      status: 'CANCELED',
      finishedAt: expect.any(Date),
      nextAttemptAt: null,
      workerId: null,
      error: null,
    })
    expect(await attemptsOf(claimed.jobId)).toMatchObject([
      { outcome: ended.outcome, error: ended.error ?? null, finishedAt: expect.any(Date) },
    ])
    await followEndings()
    expect(await prisma().notification.count({ where: { subject: claimed.jobId } })).toBe(0)
    // An answer that got lost is the same the next time.
    expect(await finish(ending)).toBe('CANCELED')
    expect(await claim({ jobId: claimed.jobId, token: randomUUID() })).toEqual({ decision: 'drop' })
  })

  it('comes too late for work that is done [R5]', async () => {
    const claimed = await canceled()
    const done = { ...claimed, outcome: 'COMPLETED', status: 'COMPLETED', result: '{}' } as const
    expect(await finish(done)).toBe('COMPLETED')
    expect(await recordOf(claimed.jobId)).toMatchObject({ status: 'COMPLETED', result: {} })
  })

  it('is counted as the ending it is [R5]', async () => {
    const count = async () => {
      await followEndings()
      const totals = await readTotals()
      return totals.find(({ status }) => status === 'CANCELED')?.count ?? 0
    }
    const before = await count()
    const claimed = await canceled()
    await finish({ ...claimed, outcome: 'FAILED', status: 'FAILED', error })
    expect(await count()).toBe(before + 1)
  })
})

describe('a cancel that nobody asked for', () => {
  it('of a job that was retried since only starts it again [R5]', async () => {
    const claimed = await running()
    const ending = { ...claimed, outcome: 'CANCELED', status: 'RETRYING', retryInMs: 0 } as const
    expect(await finish(ending)).toBe('RETRYING')
    expect(await claim({ jobId: claimed.jobId, token: randomUUID() })).toMatchObject({
      decision: 'run',
    })
  })
})

it('is that of the newer of two attempts that end at once, and nothing is told of the other', async () => {
  const old = await running()
  const { jobId } = old
  const lost = { ...old, outcome: 'LOST', status: 'RETRYING', uncounted: true } as const
  await finish(lost)
  const newer = await claim({ jobId, token: randomUUID() })
  if (newer.decision !== 'run') throw new Error('Nobody else could have claimed it')
  const failed = { outcome: 'FAILED', status: 'FAILED' } as const
  const answers = await finishJobs([
    { ...old, ...failed, error: { ...error, message: 'It came too late.' } },
    { ...newer.claimed, ...failed, error },
  ])
  expect(answers).toEqual(['refused', 'FAILED'])
  expect(await attemptsOf(jobId)).toMatchObject([{ outcome: 'LOST', error: null }, { error }])
  await followEndings()
  const told = await prisma().notification.findMany({ where: { subject: jobId } })
  expect(told).toMatchObject([{ body: error.message }])
})
