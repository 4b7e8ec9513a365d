import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { queue } from '@/lib/queue/backend'
import { addEntries, type QueueEntry } from '@/lib/queue/entries'
import { entryStates } from '@/lib/queue/inspect'
import { recordJobs } from '@/test/support/many-jobs'
import { forgetDispatch } from '@/test/support/pending-dispatch'
import { repairsOf } from '@/test/support/repairs'
import { createReconciler } from '@/workers/supervisor/reconciler'

/** Puts an entry's data where no list holds it. */
export type Strand = (id: string) => Promise<void>

const entry = (id: string, delayMs = 0): QueueEntry => ({
  ...{ id, type: 'probe', queue: 'probe', priority: 10, turn: 1 },
  ...{ attempt: 0, maxAttempts: 3, delayMs },
})

async function statesOf(ids: string[]): Promise<Set<string>> {
  return new Set((await entryStates('probe', ids)).values())
}

/** What a comparison of records and queue promises, on whatever carries the queue. */
export function describeComparison(strand: Strand): void {
  beforeEach(async () => {
    await pool().query('DELETE FROM "Job"')
    await (await queue('probe')).obliterate({ force: true })
  })

  describe('a comparison of records and queue', () => {
    test('finds due jobs that the queue lost beside 30,000 that wait for their time [R1] [C5.3]', async () => {
      const later = await recordJobs(30_000, 'SCHEDULED')
      for (let start = 0; start < later.length; start += 1_000) {
        const some = later.slice(start, start + 1_000)
        await addEntries(
          'probe',
          some.map((id) => entry(id, 3 * 24 * 3600_000)),
        )
      }
      const lost = [...(await recordJobs(20)), later[7], later.at(-1)].filter(
        (id) => id !== undefined,
      )
      await Promise.all(lost.map(async (id) => (await queue('probe')).remove(id)))
      expect((await createReconciler(['probe'])()).repaired).toBe(22)
      expect(await statesOf(lost.slice(0, 20))).toEqual(new Set(['served']))
      expect(await statesOf(later)).toEqual(new Set(['delayed']))
    }, 120_000)

    test('goes on where its time was up, until it has seen all [C5.3]', async () => {
      const lost = await recordJobs(12_000)
      const reconcile = createReconciler(['probe'], 0)
      expect(await reconcile()).toEqual({ repaired: 5_000, whole: false })
      expect(await reconcile()).toEqual({ repaired: 5_000, whole: false })
      expect(await reconcile()).toEqual({ repaired: 2_000, whole: false })
      expect(await reconcile()).toMatchObject({ repaired: 0 })
      expect(await statesOf(lost)).toEqual(new Set(['served']))
    }, 60_000)

    test('replaces an entry whose data is there and that is in no list [R6]', async () => {
      const ids = await recordJobs(29)
      await addEntries(
        'probe',
        ids.map((id) => entry(id)),
      )
      for (const id of ids) await strand(id)
      expect(await statesOf(ids)).toEqual(new Set(['leftover']))
      const before = await repairsOf('entry_missing')
      expect((await createReconciler(['probe'])()).repaired).toBe(29)
      expect(await statesOf(ids)).toEqual(new Set(['served']))
      expect(await repairsOf('entry_missing')).toBe(before + 29)
    })

    test('removes the entries of ended jobs, however many others wait [C5.3]', async () => {
      const ids = await recordJobs(6_000)
      for (let start = 0; start < ids.length; start += 1_000) {
        await addEntries(
          'probe',
          ids.slice(start, start + 1_000).map((id) => entry(id)),
        )
      }
      const ended = ids.filter((_, index) => index % 1_000 === 999)
      await pool().query(`UPDATE "Job" SET status = 'CANCELED' WHERE id = ANY($1::uuid[])`, [ended])
      expect((await createReconciler(['probe'])()).repaired).toBe(6)
      expect(await statesOf(ended)).toEqual(new Set(['absent']))
    }, 60_000)

    test('leaves alone what nobody has handed over, and what somebody else put into the queue', async () => {
      const [id = ''] = await recordJobs(1)
      await forgetDispatch()
      await (await queue('probe')).add('foreign', { id: 'x' }, { jobId: 'not-ours', priority: 1 })
      expect((await createReconciler(['probe'])()).repaired).toBe(0)
      expect([...(await entryStates('probe', [id, 'not-ours'])).values()]).toEqual([
        'absent',
        'served',
      ])
    })
  })
}
