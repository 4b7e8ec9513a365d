import { v7 as uuidv7 } from 'uuid'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Rule } from '@/app/_server/alerts/rules'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { alertsOf, createWaiting, ruleOn } from '@/test/support/alerts'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { registerWorker } from '@/workers/runtime/register'
import { evaluateAlerts } from '@/workers/supervisor/alerts/evaluate'

ownDatabase()

const novel = { queue: 'email', type: 'novel' }

let admin: Viewer
let rule: Rule

beforeAll(async () => {
  admin = await createViewer('ADMIN')
})
beforeEach(async () => {
  await prisma().alertRule.deleteMany()
  await pool().query('DELETE FROM "Job"')
  await pool().query('DELETE FROM "Worker"')
  rule = await ruleOn(admin, 'no-taker', { fireAt: 600 })
})

async function startedWorker(queues: string[], types: Record<string, number>): Promise<string> {
  const workerId = uuidv7()
  await registerWorker({ workerId, version: 'test', queues, types })
  return workerId
}

describe('jobs that no running worker can take', () => {
  test('are told of after ten minutes, and over once one can', async () => {
    await startedWorker(['email'], { email: 1 })
    await createWaiting(novel, 3, 590)
    await evaluateAlerts()
    expect(await alertsOf(rule)).toEqual([])
    await createWaiting(novel, 1, 605)
    await evaluateAlerts()
    expect(await alertsOf(rule)).toMatchObject([
      {
        subject: 'installation',
        value: expect.toSatisfy((value: number) => value >= 605 && value < 620),
        message: expect.stringMatching(
          /^No running worker takes novel jobs \(those of queue email do not know them\); the oldest has been waiting for 10 min/,
        ),
        resolvedAt: null,
      },
    ])
    await startedWorker(['email'], { email: 1, novel: 1 })
    await evaluateAlerts()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0, resolution: 'It is over.' }])
  })

  test('are those of a queue that nobody serves, or of an input that all are too old for', async () => {
    await startedWorker(['email'], { email: 1, image: 1 })
    await createWaiting({ queue: 'image-processing', type: 'image' }, 1, 900)
    await createWaiting({ queue: 'email', type: 'email' }, 1, 700)
    await pool().query(`UPDATE "Job" SET "inputVersion" = 2 WHERE type = 'email'`)
    await evaluateAlerts()
    const [alert] = await alertsOf(rule)
    expect(alert?.message).toContain(
      'image jobs (none serves queue image-processing), email jobs (those of queue email do not know them)',
    )
  })

  test('are found behind any backlog of another queue, and when they wait for another attempt', async () => {
    await startedWorker(['email', 'reports'], { email: 1 })
    await createWaiting({ queue: 'email', type: 'email' }, 12_000, 5)
    await createWaiting({ queue: 'reports', type: 'report' }, 1, 1_200)
    await evaluateAlerts()
    expect(await alertsOf(rule)).toHaveLength(1)
    await prisma().job.updateMany({
      where: { type: 'report' },
      data: { status: 'RETRYING', attempt: 1, nextAttemptAt: new Date(Date.now() - 700_000) },
    })
    await evaluateAlerts()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedAt: null }])
    await prisma().job.updateMany({ where: { type: 'report' }, data: { status: 'CANCELED' } })
    await evaluateAlerts()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedAt: expect.any(Date) }])
  })

  test('are none where a worker of an older version serves their queue', async () => {
    const older = await startedWorker(['email'], {})
    await pool().query('UPDATE "Worker" SET types = NULL WHERE id = $1', [older])
    await createWaiting(novel, 1, 900)
    await evaluateAlerts()
    expect(await alertsOf(rule)).toEqual([])
  })
})
