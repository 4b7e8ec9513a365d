import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf, forkWorker, handlerFiles, kill, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe } from '@/test/support/probe'
import { startRedis, type TestRedis } from '@/test/support/redis'

/** Longer than its lock in the queue lasts, and than a worker may be silent. */
const PAUSE_MS = 20_000

describe('the only worker', () => {
  ownDatabase()

  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
    process.env.REDIS_URL = redis.url
  })
  afterAll(() => redis.stop())

  it('goes on with what nobody took when it wakes from a long pause [R8]', async () => {
    const worker = await forkWorker()
    const files = await handlerFiles()
    const given = { gate: files.gate, effects: files.effects }
    const jobs = await Promise.all(Array.from({ length: 10 }, () => submit(probe, given)))
    await files.ran(10)
    worker.kill('SIGSTOP')
    // The pause is the fault itself: there is no condition to wait for.
    await pause(PAUSE_MS)
    const wokenAt = new Date()
    worker.kill('SIGCONT')
    // Two searches for dead workers later.
    const beats = () => prisma().worker.count({ where: { heartbeatAt: { gt: wokenAt } } })
    await expect.poll(beats, { timeout: 10_000 }).toBe(1)
    await pause(11_000)
    await files.openGate()
    for (const { id } of jobs) expect(await reaches(id, 'COMPLETED')).toMatchObject({ attempt: 1 })
    expect(await attemptsOf(jobs[0]?.id ?? '')).toMatchObject([{ outcome: 'COMPLETED' }])
    expect(await files.runs()).toHaveLength(10)
    await kill(worker, 'SIGTERM')
  }, 90_000)
})
