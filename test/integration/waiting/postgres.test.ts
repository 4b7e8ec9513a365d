import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { whyWaiting } from '@/lib/jobs/waiting/why'
import { queue } from '@/lib/queue/backend'
import { pauseQueue } from '@/lib/queue/change-settings'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { forgetDispatch } from '@/test/support/pending-dispatch'
import { probe } from '@/test/support/probe'
import { enqueueDispatched, reasonOf, standInWorker } from '@/test/support/waiting'
import { describePlace } from './suite'

const NOON = new Date('2100-03-02T12:00:00.500Z')

ownDatabase()

describe('with the queue in PostgreSQL', describePlace)

describe('a job that waits', () => {
  beforeEach(async () => {
    for (const table of ['Job', 'Worker', 'QueueSetting'])
      await pool().query(`DELETE FROM "${table}"`)
    await (await queue('probe')).obliterate({ force: true })
  })

  test('for its time says when that is', async () => {
    const { id } = await submit(probe, {}, { runAt: NOON })
    expect(await reasonOf(id)).toEqual({
      reason: 'scheduled',
      message: 'It starts at the chosen time: 2100-03-02 12:00:00 UTC.',
      estimatedStart: '2100-03-02T12:00:00.500Z',
    })
    await prisma().job.update({
      where: { id },
      data: { status: 'RETRYING', attempt: 1, nextAttemptAt: NOON },
    })
    expect(await reasonOf(id)).toEqual({
      reason: 'retry_delay',
      message: 'Attempt 1 of 3 failed; the next one starts at 2100-03-02 12:00:00 UTC.',
      estimatedStart: '2100-03-02T12:00:00.500Z',
    })
  })

  test('says first what would keep it waiting longest', async () => {
    const id = await enqueueDispatched()
    const reason = async () => (await reasonOf(id))?.reason
    expect(await reason()).toBe('no_worker')
    const workerId = await standInWorker({ probe: 0 })
    expect(await reason()).toBe('unknown_type')
    await prisma().worker.update({ where: { id: workerId }, data: { types: { probe: 1 } } })
    await forgetDispatch([id])
    expect(await reason()).toBe('not_handed_over')
    await pauseQueue(null, 'probe')
    expect(await reason()).toBe('queue_paused')
  })

  test('has no worker in those that drain, died, or serve other queues', async () => {
    const id = await enqueueDispatched()
    const workerId = await standInWorker()
    const reasonWith = async (data: object) => {
      await prisma().worker.update({ where: { id: workerId }, data })
      return (await reasonOf(id))?.reason
    }
    expect(await reasonWith({})).toBe('next')
    expect(await reasonWith({ queues: ['email'] })).toBe('no_worker')
    expect(await reasonWith({ queues: ['probe'], drainingAt: new Date() })).toBe('no_worker')
    expect(await reasonWith({ drainingAt: null, heartbeatAt: new Date(0) })).toBe('no_worker')
  })

  test('says nothing once it runs or has ended', async () => {
    const id = await enqueueDispatched()
    await standInWorker()
    for (const status of ['ACTIVE', 'COMPLETED', 'FAILED', 'CANCELED'] as const) {
      await prisma().job.update({ where: { id }, data: { status } })
      expect(await reasonOf(id)).toBeNull()
    }
  })

  test('of a record that is overtaken meanwhile says nothing', async () => {
    const id = await enqueueDispatched()
    await standInWorker()
    const before = await prisma().job.findUniqueOrThrow({ where: { id } })
    await prisma().job.update({ where: { id }, data: { status: 'ACTIVE' } })
    expect(await whyWaiting(before)).toBeNull()
  })
})
