import { Redis } from 'ioredis'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { pool } from '@/lib/db/pool'
import { dispatch } from '@/lib/jobs/transitions/dispatch'
import { producerClient, queue } from '@/lib/queue/backend'
import { addEntries } from '@/lib/queue/entries'
import { handOver } from '@/lib/queue/hand-over'
import { recordJobs } from '@/test/support/many-jobs'
import { ownRedis } from '@/test/support/own-redis'
import { countPending, forgetDispatch } from '@/test/support/pending-dispatch'
import type { TestRedis } from '@/test/support/redis'
import { readEntries } from '@/workers/supervisor/outstanding'
import { relay } from '@/workers/supervisor/relay'

/** Longer than anybody waits for an answer. */
const HANGS_MS = 8_000

/** Makes Redis answer nothing, without closing a connection, while `work` runs. */
async function whileHanging<T>({ url }: TestRedis, work: () => Promise<T>): Promise<T> {
  const client = new Redis(url)
  await client.call('CLIENT', 'PAUSE', `${HANGS_MS}`, 'ALL')
  try {
    return await work()
  } finally {
    // Answered once the pause is over.
    await client.ping()
    client.disconnect()
  }
}

const waiting = async () => (await queue('probe')).getJobCountByTypes('prioritized')

describe('the relay', () => {
  const redis = ownRedis()
  beforeEach(async () => {
    await vi.waitFor(() => queue('probe'), { timeout: 30_000 })
    await producerClient()?.flushall()
    await pool().query('DELETE FROM "Job"')
  })

  test('locks no job while it waits for a queue that hangs, and gives up soon [C5.6] [C5.17]', async () => {
    await recordJobs(100)
    await forgetDispatch()
    await whileHanging(redis(), async () => {
      const relaying = relay()
      const lease = () => pool().query('SELECT name FROM "Lease"')
      await vi.waitFor(async () => expect((await lease()).rowCount).toBe(1), { interval: 10 })
      const free = await pool().query('SELECT id FROM "Job" FOR UPDATE SKIP LOCKED')
      expect(free.rowCount).toBe(100)
      const started = performance.now()
      await expect(relaying).rejects.toThrow()
      expect(performance.now() - started).toBeLessThan(5_000)
    })
    expect(await countPending()).toBe(100)
    await vi.waitFor(relay, { timeout: 20_000 })
    expect(await countPending()).toBe(0)
    expect(await waiting()).toBe(100)
  }, 60_000)

  test('hands over again what a process handed over and did not mark before it died [C5.6]', async () => {
    const ids = await recordJobs(3)
    await addEntries('probe', await readEntries(ids))
    await forgetDispatch()
    await relay()
    expect(await countPending()).toBe(0)
    expect(await waiting()).toBe(3)
  })

  test('leaves the work to whoever is at it', async () => {
    await recordJobs(3)
    await forgetDispatch()
    await pool().query(
      `INSERT INTO "Lease" VALUES ('relay', gen_random_uuid(), now() + interval '5 seconds')`,
    )
    await relay()
    expect(await countPending()).toBe(3)
    await pool().query('DELETE FROM "Lease"')
    await relay()
    expect(await countPending()).toBe(0)
  })

  test('queues every scheduled job whose time has come, some at a time [R7]', async () => {
    await recordJobs(2_500, 'SCHEDULED')
    await pool().query('UPDATE "Job" SET "runAt" = now()')
    await relay()
    const { rowCount } = await pool().query(`SELECT id FROM "Job" WHERE status = 'QUEUED'`)
    expect(rowCount).toBe(2_500)
  })

  test('adds a job again whose old entry has ended without having run', async () => {
    const [id = ''] = await recordJobs(1)
    const entries = await readEntries([id])
    await addEntries('probe', entries)
    const target = await queue('probe')
    await producerClient()?.zrem(target.toKey('prioritized'), id)
    await producerClient()?.zadd(target.toKey('completed'), Date.now(), id)
    await forgetDispatch()
    await relay()
    expect(await target.getJobState(id)).toBe('prioritized')
  })

  test('takes back what was canceled or removed while the queue took it [R5]', async () => {
    const [canceled = '', removed = '', open = ''] = await recordJobs(3)
    await dispatch(await readEntries([canceled, removed, open]), async (name, entries) => {
      await pool().query(`UPDATE "Job" SET status = 'CANCELED' WHERE id = $1`, [canceled])
      await pool().query('DELETE FROM "Job" WHERE id = $1', [removed])
      await addEntries(name, entries)
    })
    const target = await queue('probe')
    await vi.waitFor(async () => {
      expect(await target.getJobState(canceled)).toBe('unknown')
      expect(await target.getJobState(removed)).toBe('unknown')
    })
    expect(await target.getJobState(open)).toBe('prioritized')
  })

  test('a hand-over never throws, and says what the queue took', async () => {
    const ids = await recordJobs(2)
    const entries = await readEntries(ids)
    expect(await handOver(entries)).toEqual({ taken: entries })
    const { taken, failure } = await whileHanging(redis(), () => handOver(entries))
    expect(taken).toEqual([])
    expect(failure).toBeInstanceOf(Error)
  })
})
