import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createChannel } from '@/app/_server/alerts/channels'
import { listAlertHistory, listOpenAlerts } from '@/app/_server/alerts/list'
import { deleteRule, type Rule } from '@/app/_server/alerts/rules'
import type { Viewer } from '@/lib/access/viewer'
import { applyChanges } from '@/lib/alerts/apply'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { alertsOf, createWaiting, ruleOn } from '@/test/support/alerts'
import { forkWorker, kill } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { evaluateAlerts } from '@/workers/supervisor/alerts/evaluate'

ownDatabase()

let admin: Viewer

beforeAll(async () => {
  admin = await createViewer('ADMIN')
  await createChannel(admin, {
    kind: 'MAIL',
    name: 'Ops',
    allAdmins: false,
    recipients: ['ops@example.com'],
  })
})
beforeEach(calm)
afterEach(async () => {
  await prisma().alertRule.deleteMany()
  await prisma().alert.deleteMany()
  await pool().query('DELETE FROM "Job"')
})

const mail = { queue: 'reports', type: 'report' }

/** Trouble for rules on depth, and its end. */
const trouble = () => createWaiting(mail, 1)
async function calm() {
  await pool().query(`DELETE FROM "Job" WHERE title = 'Waiting'`)
}

/** What the channel was told, in order. */
async function told(): Promise<string[]> {
  const notices = await prisma().alertNotice.findMany({ orderBy: { id: 'asc' } })
  const jobs = await prisma().job.findMany({ where: { type: 'email' } })
  expect(notices.map(({ jobId }) => jobId).sort()).toEqual(jobs.map(({ id }) => id).sort())
  return notices.map(({ kind }) => kind)
}

/** Moves all that was said of a rule back in time. */
async function minutesLater(rule: Rule, minutes: number): Promise<void> {
  await pool().query(
    `UPDATE "Alert" SET "toldAt" = "toldAt" - $2 * interval '1 minute',
       "quietUntil" = "quietUntil" - $2 * interval '1 minute'
     WHERE "ruleId" = $1`,
    [rule.id, minutes],
  )
}

describe('an alert', () => {
  test('fires once and is over once, with three evaluators at the same time', async () => {
    const rule = await ruleOn(admin, 'depth')
    await trouble()
    const all = () => Promise.all([evaluateAlerts(), evaluateAlerts(), evaluateAlerts()])
    for (let round = 0; round < 3; round++) await all()
    expect(await alertsOf(rule)).toHaveLength(1)
    expect(await told()).toEqual(['FIRED'])
    await calm()
    for (let round = 0; round < 3; round++) await all()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
    expect(await told()).toEqual(['FIRED', 'RESOLVED'])
  })

  test('does so even if the lock between evaluators did not hold', async () => {
    const rule = await ruleOn(admin, 'depth')
    const firing = { ruleId: rule.id, subject: 'queue:reports', value: 1, message: 'Deep.' }
    const fire = { fire: [firing], close: [], tell: [] }
    await Promise.all([applyChanges(fire), applyChanges(fire), applyChanges(fire)])
    const [alert, ...others] = await alertsOf(rule)
    expect(others).toEqual([])
    const closing = { id: alert?.id ?? '', value: 0, resolution: 'It is over.' }
    const close = { fire: [], close: [closing], tell: [] }
    await Promise.all([applyChanges(close), applyChanges(close), applyChanges(close)])
    expect(await told()).toEqual(['FIRED', 'RESOLVED'])
  })

  test('does so across worker programs, each with a supervisor of its own', async () => {
    const rule = await ruleOn(admin, 'depth')
    await trouble()
    const workers = await Promise.all([forkWorker(), forkWorker(), forkWorker()])
    const until = (count: number) =>
      vi.waitFor(async () => expect(await told()).toHaveLength(count), {
        timeout: 25_000,
        interval: 100,
      })
    await until(1)
    await calm()
    await until(2)
    await Promise.all(workers.map((worker) => kill(worker, 'SIGTERM')))
    expect(await told()).toEqual(['FIRED', 'RESOLVED'])
    expect(await alertsOf(rule)).toHaveLength(1)
  }, 60_000)
})

describe('the quiet time', () => {
  test('records what comes back within it, and tells nobody of it nor of its end', async () => {
    const rule = await ruleOn(admin, 'depth', { quietMinutes: 30 })
    for (let flap = 0; flap < 3; flap++) {
      await trouble()
      await evaluateAlerts()
      await calm()
      await evaluateAlerts()
    }
    expect(await told()).toEqual(['FIRED', 'RESOLVED'])
    const alerts = await alertsOf(rule)
    expect(alerts.map(({ toldAt }) => toldAt !== null)).toEqual([true, false, false])
    expect(alerts.every(({ resolvedAt }) => resolvedAt !== null)).toBe(true)
    await minutesLater(rule, 31)
    await trouble()
    await evaluateAlerts()
    expect(await told()).toEqual(['FIRED', 'RESOLVED', 'FIRED'])
  })

  test('tells, when it is over, of what is open still', async () => {
    const rule = await ruleOn(admin, 'depth', { quietMinutes: 30 })
    await trouble()
    await evaluateAlerts()
    await calm()
    await evaluateAlerts()
    await trouble()
    await evaluateAlerts()
    await evaluateAlerts()
    expect(await told()).toEqual(['FIRED', 'RESOLVED'])
    await minutesLater(rule, 31)
    await Promise.all([evaluateAlerts(), evaluateAlerts()])
    await evaluateAlerts()
    expect(await told()).toEqual(['FIRED', 'RESOLVED', 'FIRED'])
    await calm()
    await evaluateAlerts()
    expect(await told()).toEqual(['FIRED', 'RESOLVED', 'FIRED', 'RESOLVED'])
  })

  test('is one subject’s alone', async () => {
    await ruleOn(admin, 'depth', { quietMinutes: 30 })
    await trouble()
    await evaluateAlerts()
    await createWaiting({ queue: 'webhooks', type: 'webhook' }, 1)
    await evaluateAlerts()
    expect(await told()).toEqual(['FIRED', 'FIRED'])
  })
})

describe('the history', () => {
  test('outlives the rule, whose end is told', async () => {
    const rule = await ruleOn(admin, 'depth', { name: 'Deep queues' })
    await trouble()
    await evaluateAlerts()
    expect(await listOpenAlerts(admin)).toMatchObject([
      { ruleName: 'Deep queues', subject: 'queue:reports', notices: [{ kind: 'FIRED' }] },
    ])
    await deleteRule(admin, rule.id)
    expect(await listOpenAlerts(admin)).toEqual([])
    const { data } = await listAlertHistory(admin, { limit: 10 })
    expect(data).toMatchObject([
      {
        ruleName: 'Deep queues',
        ruleId: null,
        resolution: 'Its rule was deleted.',
        notices: [{ kind: 'FIRED' }, { kind: 'RESOLVED', receiver: 'ops@example.com' }],
      },
    ])
  })

  test('is paged', async () => {
    const rule = await ruleOn(admin, 'depth')
    for (let round = 0; round < 3; round++) {
      await trouble()
      await evaluateAlerts()
      await calm()
      await evaluateAlerts()
    }
    const ids = (await alertsOf(rule)).map(({ id }) => id).reverse()
    const first = await listAlertHistory(admin, { limit: 2 })
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const { data, nextCursor } = await listAlertHistory(admin, {
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect(data.map(({ id }) => id)).toEqual(ids.slice(2))
    expect(nextCursor).toBeNull()
  })
})
