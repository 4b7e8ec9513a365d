import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { BEFORE_UP_TO } from '@/lib/jobs/waiting/place'
import { figuresOf } from '@/lib/metrics/figures'
import { queue } from '@/lib/queue/backend'
import { setRateLimit } from '@/lib/queue/change-settings'
import { addEntries } from '@/lib/queue/entries'
import { createUser } from '@/test/support/engine'
import { recordJobs } from '@/test/support/many-jobs'
import { enqueueDispatched, reasonOf, standInWorker } from '@/test/support/waiting'

/** What a waiting job says about its place, on whatever carries the queue. */
export function describePlace(): void {
  let ann: string
  let bob: string
  beforeEach(async () => {
    for (const table of ['Job', 'Worker', 'QueueSetting'])
      await pool().query(`DELETE FROM "${table}"`)
    await (await queue('probe')).obliterate({ force: true })
    await standInWorker()
    ann = await createUser()
    bob = await createUser()
  })

  describe('a job in line', () => {
    test('is next, or counts the jobs before it and those of others among them', async () => {
      const first = await enqueueDispatched({ ownerId: ann })
      for (let each = 0; each < 3; each++) await enqueueDispatched({ ownerId: ann })
      const annsLast = await enqueueDispatched({ ownerId: ann })
      const bobs = await enqueueDispatched({ ownerId: bob })
      expect(await reasonOf(first)).toEqual({
        reason: 'next',
        message: 'The job is next: it starts as soon as a worker is free.',
        aheadOfIt: 0,
      })
      // Owners take turns: Bob's goes before all but the first of Ann's.
      expect(await reasonOf(bobs)).toEqual({
        reason: 'behind_others',
        message: '1 job is before it; it belongs to somebody else.',
        aheadOfIt: 1,
      })
      expect(await reasonOf(annsLast)).toEqual({
        reason: 'behind_others',
        message: '5 jobs are before it; 1 of them belongs to others.',
        aheadOfIt: 5,
      })
    })

    test('has more urgent ones before it, whenever they came', async () => {
      const usual = await enqueueDispatched({ ownerId: ann })
      for (const ownerId of [ann, ann, bob]) await enqueueDispatched({ ownerId, priority: 1 })
      const message = '3 jobs are before it; 1 of them belongs to others.'
      expect(await reasonOf(usual)).toMatchObject({ aheadOfIt: 3, message })
    })

    test('counts no more of them than it has to, and none that have ended', async () => {
      const ids = await recordJobs(BEFORE_UP_TO + 200)
      const entries = ids.map((id, index) => ({
        ...{ id, type: 'probe', queue: 'probe', priority: 9, turn: index + 1 },
        ...{ attempt: 0, maxAttempts: 3, delayMs: 0 },
      }))
      await addEntries('probe', entries)
      const mine = await enqueueDispatched({ ownerId: ann })
      expect(await reasonOf(mine)).toMatchObject({
        message: 'More than 1,000 jobs are before it.',
        aheadOfIt: BEFORE_UP_TO + 1,
      })
      await pool().query(`UPDATE "Job" SET status = 'CANCELED' WHERE id = ANY($1::uuid[])`, [
        ids.slice(0, 1_000),
      ])
      expect(await reasonOf(mine)).toMatchObject({ aheadOfIt: 1 })
    })

    test('says how many its queue starts while that holds it back, and when it starts at its pace', async () => {
      const admin = { userId: ann, role: 'ADMIN' } as const
      await setRateLimit(admin, 'probe', { max: 10, durationMs: 1_000 })
      await enqueueDispatched({ ownerId: bob })
      const id = await enqueueDispatched({ ownerId: ann })
      await (await queue('probe')).rateLimit(60_000)
      await pool().query(`
        WITH ended AS (
          SELECT 'probe' AS queue, 'probe' AS type, status::"JobStatus", 10 AS "waitedMs", 10 AS "ranMs",
            now() - interval '4 minutes' AS at
          FROM (VALUES ('COMPLETED'), ('FAILED'), ('CANCELED'), ('RETRYING')) AS ending (status)
        ), counted AS (${figuresOf('ended')}) SELECT 1`)
      const waiting = await reasonOf(id)
      expect(waiting).toMatchObject({
        reason: 'rate_limited',
        message:
          'Its queue starts at most 10 jobs a second. 1 job is before it; it belongs to somebody else. At the present pace it starts in about 2 min.',
      })
      const inMs = Date.parse(waiting?.estimatedStart ?? '') - Date.now()
      expect(inMs).toBeGreaterThan(110_000)
      expect(inMs).toBeLessThan(150_001)
      await pool().query('DELETE FROM "Figure"')
    })

    test('that its queue has lost, or holds back, says so', async () => {
      const id = await enqueueDispatched({ ownerId: ann })
      await (await queue('probe')).remove(id)
      expect(await reasonOf(id)).toMatchObject({ reason: 'not_handed_over' })
      const entry = { id, type: 'probe', queue: 'probe', priority: 10, turn: 1 }
      await addEntries('probe', [{ ...entry, attempt: 0, maxAttempts: 3, delayMs: 3_000 }])
      expect(await reasonOf(id)).toMatchObject({ reason: 'held_back' })
    })
  })
}
