import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { closeQueues } from '@/lib/queue/backend'
import { attemptsOf, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { hastyProbe, probe, probeJobs } from '@/test/support/probe'
import { createClaim } from '@/workers/runtime/attempts'
import { beat } from '@/workers/runtime/heartbeat'
import { registerWorker } from '@/workers/runtime/register'
import { createRunning } from '@/workers/runtime/running'
import { startWorker } from '@/workers/runtime/worker'

ownDatabase()

const newerProbe = { ...probe, inputVersion: 2 }

/** A worker that knows these types, as far as its record says. */
async function register(types: Record<string, number>): Promise<string> {
  const workerId = uuidv7()
  await registerWorker({ workerId, version: 'test', queues: ['probe'], types })
  return workerId
}

function claimAs(workerId: string, jobId: string) {
  return createClaim(workerId, () => 1)({ jobId, token: randomUUID() })
}

describe('a claim', () => {
  beforeEach(() => pool().query('DELETE FROM "Worker"'))

  test('leaves a job whose type, or whose input, the worker does not know', async () => {
    const older = await register({ probe: 1 })
    const jobs = [await submit(hastyProbe, {}), await submit(newerProbe, {})]
    for (const { id } of jobs) {
      const left = { decision: 'leave', toNewer: false, delayMs: 3_000 }
      expect(await claimAs(older, id)).toEqual(left)
      expect(await attemptsOf(id)).toEqual([])
      expect(await reaches(id, 'QUEUED')).toMatchObject({ attempt: 0, maxAttempts: 3 })
    }
    const known = await submit(probe, {})
    expect(await claimAs(older, known.id)).toMatchObject({ decision: 'run' })
  })

  test('takes it where the worker knows a newer input than that of the job', async () => {
    const newer = await register({ probe: 3 })
    const { id } = await submit(newerProbe, {})
    expect(await claimAs(newer, id)).toMatchObject({ decision: 'run', claimed: { attempt: 1 } })
  })

  test('knows whether another worker would take it, which is alive and drains not', async () => {
    const older = await register({ probe: 1 })
    const newer = await register({ probe: 2 })
    const { id } = await submit(newerProbe, {})
    const toNewer = async () => {
      const answer = await claimAs(older, id)
      return answer.decision === 'leave' && answer.toNewer
    }
    expect(await toNewer()).toBe(true)
    await prisma().worker.update({ where: { id: newer }, data: { drainingAt: new Date() } })
    expect(await toNewer()).toBe(false)
    const back = { drainingAt: null, heartbeatAt: new Date(0) }
    await prisma().worker.update({ where: { id: newer }, data: back })
    expect(await toNewer()).toBe(false)
    await beat(newer, createRunning())
    expect(await toNewer()).toBe(true)
  })

  test('leaves it for ever longer while nobody knows it', async () => {
    const older = await register({})
    const { id } = await submit(probe, {})
    const waitsFor = async (minutes: number) => {
      const since = new Date(Date.now() - minutes * 60_000)
      await prisma().job.update({ where: { id }, data: { createdAt: since, runAt: since } })
      return claimAs(older, id)
    }
    expect(await waitsFor(1)).toMatchObject({ delayMs: expect.toSatisfy(near(15_000)) })
    expect(await waitsFor(60)).toMatchObject({ delayMs: 30_000 })
  })
})

function near(expected: number) {
  return (value: number) => value >= expected && value < expected + 2_000
}

describe('workers of two versions on one queue', () => {
  afterAll(closeQueues)

  test('lose nothing: what the older one does not know costs no attempt, and the newer one runs it', async () => {
    const olderJobs = probeJobs.filter(({ definition }) => definition.type !== 'hasty-probe')
    const older = await startWorker({ jobs: olderJobs, version: '1' })
    const { id } = await submit(hastyProbe, {})
    // It is not held up by what it leaves.
    for (let each = 0; each < 5; each++) await reaches((await submit(probe, {})).id, 'COMPLETED')
    expect(await reaches(id, 'QUEUED')).toMatchObject({ attempt: 0 })

    const newer = await startWorker({ jobs: probeJobs, version: '2' })
    expect(await reaches(id, 'COMPLETED')).toMatchObject({ attempt: 1, maxAttempts: 3 })
    expect(await attemptsOf(id)).toMatchObject([{ reason: 'FIRST', workerId: newer.workerId }])
    await older.stop(1_000)
    await newer.stop(1_000)
  })
})
