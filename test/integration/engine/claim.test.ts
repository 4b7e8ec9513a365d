import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, it, test, vi } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe } from '@/test/support/probe'
import { createClaim } from '@/workers/runtime/attempts'

const MINUTE_MS = 60_000
const workerId = uuidv7()
const claim = createClaim(workerId, () => 1)
const delivery = (jobId: string) => ({ jobId, token: randomUUID() })

describe('a claim', () => {
  ownDatabase()

  beforeEach(async () => {
    await prisma().queueSetting.deleteMany()
  })

  test('takes the next attempt, once', async () => {
    const { id } = await submit(probe, {})
    const mine = delivery(id)
    const [first, second] = await Promise.all([claim(mine), claim(delivery(id))])
    const taken = { jobId: id, attempt: 1, type: 'probe', input: {} }
    const answers = [first, second].sort((a, b) => b.decision.localeCompare(a.decision))
    expect(answers).toMatchObject([
      { decision: 'run', claimed: taken },
      { decision: 'postpone', delayMs: 3_000 },
    ])
    expect(await attemptsOf(id)).toMatchObject([{ number: 1, reason: 'FIRST', workerId }])
  })

  test('is repeated without taking another attempt', async () => {
    const { id } = await submit(probe, {})
    const mine = delivery(id)
    const first = await claim(mine)
    expect(await claim({ ...mine, again: true })).toMatchObject({
      ...first,
      claimed: { attempt: 1, token: mine.token },
    })
    expect(await attemptsOf(id)).toHaveLength(1)
  })

  test('whose answer got lost waits for the statement that may still be under way', async () => {
    const { id } = await submit(probe, {})
    const mine = delivery(id)
    const lost = await pool().connect()
    try {
      await lost.query('BEGIN')
      await lost.query(
        `UPDATE "Job" SET status = 'ACTIVE', attempt = 1, "workerId" = $2, "claimToken" = $3
         WHERE id = $1`,
        [id, workerId, mine.token],
      )
      const answer = claim({ ...mine, again: true })
      await vi.waitFor(async () => expect(await claimWaits()).toBe(true))
      await lost.query('COMMIT')
      expect(await answer).toMatchObject({ decision: 'run', claimed: { attempt: 1 } })
    } finally {
      lost.release()
    }
  })

  test('drops what has ended, and what has no record', async () => {
    const { id } = await submit(probe, {})
    await prisma().job.update({ where: { id }, data: { status: 'CANCELED' } })
    expect(await claim(delivery(id))).toEqual({ decision: 'drop' })
    expect(await claim(delivery(uuidv7()))).toEqual({ decision: 'drop' })
  })

  test('never starts what somebody wants canceled, but ends it [R5]', async () => {
    const { id } = await submit(probe, {})
    // As an older version of the program leaves a job whose attempt failed after the cancel.
    await prisma().job.update({
      where: { id },
      data: { status: 'RETRYING', nextAttemptAt: new Date(), cancelRequestedAt: new Date() },
    })
    const { id: other } = await submit(probe, {})
    const answers = await Promise.all([claim(delivery(id)), claim(delivery(other))])
    expect(answers).toMatchObject([{ decision: 'drop' }, { decision: 'run' }])
    expect(await prisma().job.findUnique({ where: { id } })).toMatchObject({
      status: 'CANCELED',
      finishedAt: expect.any(Date),
      attempt: 0,
    })
    expect(await prisma().ending.count({ where: { jobId: id, status: 'CANCELED' } })).toBe(1)
  })

  test('that PostgreSQL refuses fails alone [C5.2]', async () => {
    const { id } = await submit(probe, {})
    const [bad, good] = await Promise.allSettled([claim(delivery('no id')), claim(delivery(id))])
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22P02' } })
    expect(good).toMatchObject({ status: 'fulfilled', value: { decision: 'run' } })
  })

  test('leaves what is not due until it is', async () => {
    const { id } = await submit(probe, {}, { runAt: new Date(Date.now() + MINUTE_MS) })
    const answer = await claim(delivery(id))
    expect(answer).toEqual({ decision: 'postpone', delayMs: expect.any(Number) })
    const delayMs = answer.decision === 'postpone' ? answer.delayMs : 0
    expect(delayMs).toBeGreaterThan(MINUTE_MS - 10_000)
    expect(delayMs).toBeLessThanOrEqual(MINUTE_MS)
  })

  test('leaves the jobs of a paused queue', async () => {
    const { id } = await submit(probe, {})
    await prisma().queueSetting.create({ data: { queue: probe.queue, pausedAt: new Date() } })
    expect(await claim(delivery(id))).toEqual({ decision: 'postpone', delayMs: 3_000 })
    expect(await attemptsOf(id)).toEqual([])
  })

  it('takes no more suspects than can run apart, and all the others [R4]', async () => {
    const jobs = await Promise.all(Array.from({ length: 5 }, () => submit(probe, {})))
    const suspects = jobs.slice(0, 3).map(({ id }) => id)
    await prisma().job.updateMany({ where: { id: { in: suspects } }, data: { crashes: 2 } })
    const answers = await Promise.all(jobs.map(({ id }) => claim(delivery(id))))
    const ran = answers.flatMap((answer) => (answer.decision === 'run' ? [answer.claimed] : []))
    expect(ran.map(({ apart }) => apart).sort()).toEqual([false, false, true])
    expect(answers).toContainEqual({ decision: 'postpone', delayMs: 3_000 })
  })

  test.each([
    { outcome: 'LOST', status: 'RETRYING', reason: 'WORKER_LOST' },
    { outcome: 'INTERRUPTED', status: 'RETRYING', reason: 'WORKER_SHUTDOWN' },
    { outcome: 'FAILED', status: 'RETRYING', reason: 'BACKOFF' },
    { outcome: 'FAILED', status: 'QUEUED', reason: 'MANUAL_RETRY' },
  ] as const)(
    'after an attempt that is $outcome, of a job that is $status, is for $reason',
    async ({ outcome, status, reason }) => {
      const { id } = await submit(probe, {})
      await claim(delivery(id))
      await prisma().attempt.updateMany({ where: { jobId: id }, data: { outcome } })
      await prisma().job.update({ where: { id }, data: { status, nextAttemptAt: new Date() } })
      await claim(delivery(id))
      expect(await attemptsOf(id)).toMatchObject([{ reason: 'FIRST' }, { number: 2, reason }])
    },
  )
})

/** Whether the claim waits for the row; the dispatch in the background may wait for it too. */
async function claimWaits(): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
       AND wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE%'`,
  )
  return rows.length > 0
}
