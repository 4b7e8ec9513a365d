import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { turnRule, updateRule } from '@/app/_server/alerts/rules'
import { createSchedule } from '@/app/_server/schedules/schedules'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { pauseQueue, resumeQueue } from '@/lib/queue/change-settings'
import { alertsOf, createEnded, createWaiting, ruleOn } from '@/test/support/alerts'
import { forkWorker, kill } from '@/test/support/engine'
import { orphanSearch } from '@/test/support/orphan-search'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createDataDir } from '@/test/support/programs'
import { evaluateAlerts } from '@/workers/supervisor/alerts/evaluate'
import { followEndings } from '@/workers/supervisor/endings'
import { databaseClock } from '@/workers/supervisor/schedules/clock'
import { fireDue } from '@/workers/supervisor/schedules/fire-due'

ownDatabase()

let admin: Viewer

beforeAll(async () => {
  process.env.DATA_DIR = await createDataDir()
  admin = await createViewer('ADMIN')
})
beforeEach(async () => {
  await prisma().alertRule.deleteMany()
  await pool().query('TRUNCATE "Job", "Ending", "Figure" CASCADE')
  await measure()
})

async function measure(): Promise<void> {
  await followEndings()
  await evaluateAlerts()
}

const mail = { queue: 'email', type: 'email' }
const image = { queue: 'image-processing', type: 'image' }

const times = <T>(count: number, what: T) => Array.from({ length: count }, () => what)

describe('failures in a row', () => {
  test('fire at the threshold in each queue on its own, and are over at the next success', async () => {
    const rule = await ruleOn(admin, 'failures-in-a-row', { fireAt: 3 })
    await createEnded(mail, ['FAILED', 'COMPLETED', 'FAILED', 'FAILED'])
    await createEnded(image, times(3, 'FAILED'))
    await measure()
    expect(await alertsOf(rule)).toMatchObject([
      {
        subject: 'queue:image-processing',
        value: 3,
        message: '3 jobs failed in a row in queue image-processing.',
        resolvedAt: null,
      },
    ])
    await createEnded(mail, ['FAILED'])
    await createEnded(image, ['COMPLETED'])
    await measure()
    expect(await alertsOf(rule)).toMatchObject([
      { subject: 'queue:image-processing', resolvedValue: 0, resolvedAt: expect.any(Date) },
      { subject: 'queue:email', value: 3, resolvedAt: null },
    ])
  })

  test('see a success before the figures do, and canceled jobs are neither', async () => {
    const rule = await ruleOn(admin, 'failures-in-a-row', { fireAt: 3 })
    await createEnded(mail, ['FAILED', 'FAILED', 'CANCELED', 'FAILED'])
    await evaluateAlerts()
    expect(await alertsOf(rule)).toMatchObject([{ value: 3 }])
    await createEnded(mail, ['COMPLETED'])
    await evaluateAlerts()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
  })

  test('are those of one job type where the rule says so', async () => {
    const rule = await ruleOn(admin, 'failures-in-a-row', {
      scope: 'TYPE',
      target: 'image',
      fireAt: 2,
    })
    await createEnded(mail, times(5, 'FAILED'))
    await createEnded(image, times(2, 'FAILED'))
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ subject: 'type:image', value: 2 }])
  })

  test('are counted up to a hundred, among any number of jobs', async () => {
    const rule = await ruleOn(admin, 'failures-in-a-row', { fireAt: 100 })
    await createEnded(mail, [
      ...times(99, 'FAILED' as const),
      'COMPLETED',
      ...times(99, 'FAILED' as const),
    ])
    await measure()
    expect(await alertsOf(rule)).toEqual([])
    await createEnded(mail, times(60, 'FAILED'))
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ value: 100 }])
  })

  test('a messenger’s own failures and successes do not count', async () => {
    const rule = await ruleOn(admin, 'failures-in-a-row', { fireAt: 3 })
    const note = async (ids: string[]) => {
      for (const jobId of ids) {
        await pool().query(
          `INSERT INTO "AlertNotice" (id, kind, "channelName", receiver, "jobId")
           VALUES (gen_random_uuid(), 'FIRED', 'All admins', 'ann@example.com', $1)`,
          [jobId],
        )
      }
    }
    await note(await createEnded({ ...mail, tags: ['alert'] }, times(5, 'FAILED')))
    await measure()
    expect(await alertsOf(rule)).toEqual([])
    await createEnded(mail, times(3, 'FAILED'))
    await note(await createEnded({ ...mail, tags: ['alert'] }, ['COMPLETED']))
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ value: 3, resolvedAt: null }])
  })
})

describe('the failure rate', () => {
  test('fires on enough jobs, stays in between, and is over below the other threshold', async () => {
    const rule = await ruleOn(admin, 'failure-rate', {
      fireAt: 50,
      resolveAt: 20,
      windowMinutes: 15,
    })
    await createEnded(mail, times(9, 'FAILED'))
    await measure()
    expect(await alertsOf(rule)).toEqual([])
    await createEnded(mail, ['COMPLETED'])
    await measure()
    expect(await alertsOf(rule)).toMatchObject([
      {
        subject: 'queue:email',
        value: 90,
        message: '9 of 10 jobs (90 %) failed in the last 15 min in queue email.',
      },
    ])
    await createEnded(mail, times(20, 'COMPLETED'))
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedAt: null }])
    await createEnded(mail, times(20, 'COMPLETED'))
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 18 }])
  })

  test('is that of the time looked back', async () => {
    const rule = await ruleOn(admin, 'failure-rate', { fireAt: 50, windowMinutes: 5 })
    await createEnded(mail, times(20, 'FAILED'))
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ value: 100, resolvedAt: null }])
    await pool().query(`UPDATE "Figure" SET start = start - interval '10 minutes' WHERE span = 60`)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
  })
})

describe('what waits', () => {
  test('fires by its age, and says when its queue is paused', async () => {
    const rule = await ruleOn(admin, 'oldest-waiting', { fireAt: 300, resolveAt: 60 })
    await createWaiting(mail, 1, 200)
    await createWaiting(image, 2, 400)
    await pauseQueue(admin, 'image-processing')
    await measure()
    const [alert, ...others] = await alertsOf(rule)
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      subject: 'queue:image-processing',
      message: expect.stringMatching(/waiting for 6 min 4\d s\. The queue is paused\.$/),
    })
    await resumeQueue(admin, 'image-processing')
    await pool().query(`UPDATE "Job" SET "createdAt" = now() - interval '90 seconds',
      "runAt" = now() - interval '90 seconds' WHERE type = 'image'`)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedAt: null }])
    await pool().query(`DELETE FROM "Job" WHERE type = 'image'`)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
  })

  test('fires by how much it is', async () => {
    const rule = await ruleOn(admin, 'depth', {
      scope: 'QUEUE',
      target: 'email',
      fireAt: 50,
      resolveAt: 10,
    })
    await createWaiting(mail, 49)
    await createWaiting(image, 80)
    await measure()
    expect(await alertsOf(rule)).toEqual([])
    await createWaiting(mail, 1)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([
      { subject: 'queue:email', value: 50, message: '50 jobs wait in queue email.' },
    ])
  })
})

describe('workers', () => {
  test('a killed one fires, one that said goodbye does not', async () => {
    const rule = await ruleOn(admin, 'worker-lost')
    const [leaver, victim] = await Promise.all([forkWorker(), forkWorker()])
    await kill(leaver, 'SIGTERM')
    await kill(victim)
    // As long later as it takes until a silent worker counts as dead.
    await pool().query(`UPDATE "Worker" SET "heartbeatAt" = "heartbeatAt" - interval '1 minute'`)
    await orphanSearch().searchFor(60_000)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([
      {
        subject: 'installation',
        value: 1,
        message: expect.stringContaining(`process ${victim.pid} on `),
      },
    ])
    await pool().query(`UPDATE "Worker" SET "lostAt" = now() - interval '11 minutes'
      WHERE "lostAt" IS NOT NULL`)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
  })
})

describe('a stalled worker', () => {
  test('fires, and is over when it answers again', async () => {
    const rule = await ruleOn(admin, 'worker-lost')
    const worker = await forkWorker()
    worker.kill('SIGSTOP')
    await prisma().worker.updateMany({
      where: { pid: worker.pid ?? 0 },
      data: { heartbeatAt: new Date(Date.now() - 60_000) },
    })
    await orphanSearch().searchFor(60_000)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ value: 1, resolvedAt: null }])
    worker.kill('SIGCONT')
    await vi.waitFor(
      async () => {
        await evaluateAlerts()
        expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
      },
      { timeout: 20_000, interval: 500 },
    )
    await kill(worker)
  })
})

describe('schedules', () => {
  test('fire when times were missed, however long ago those were', async () => {
    const rule = await ruleOn(admin, 'schedule-missed')
    const schedule = await createSchedule(admin, {
      name: 'Nightly',
      type: 'email',
      input: { to: 'ann@example.com', template: 'welcome' },
      cron: '0 3 * * *',
      timezone: 'UTC',
    })
    await measure()
    expect(await alertsOf(rule)).toEqual([])
    await prisma().schedule.update({
      where: { id: schedule.id },
      data: { nextFireAt: new Date(Date.now() - 5 * 3600_000) },
    })
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ value: 1, resolvedAt: null }])
    await fireDue(databaseClock)
    await measure()
    const [alert, ...others] = await alertsOf(rule)
    expect(others).toEqual([])
    expect(alert).toMatchObject({ message: '1 run of “Nightly” was missed.', resolvedAt: null })
    await pool().query(`UPDATE "ScheduleFire" SET "recordedAt" = now() - interval '61 minutes'`)
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedValue: 0 }])
  })
})

describe('the disk', () => {
  test('fires when it is that full', async () => {
    const rule = await ruleOn(admin, 'disk', { fireAt: 0.001, resolveAt: 0 })
    await measure()
    const [alert] = await alertsOf(rule)
    expect(alert?.message).toMatch(/^The disk with the files is \d+ % full\.$/)
    expect(alert?.value).toBeGreaterThan(0)
    const { name, scope, target, windowMinutes, quietMinutes, channelIds } = rule
    const terms = { name, scope, target, windowMinutes, quietMinutes, channelIds }
    await updateRule(admin, rule.id, { ...terms, fireAt: 100, resolveAt: 99.99 })
    await measure()
    expect(await alertsOf(rule)).toMatchObject([{ resolvedAt: expect.any(Date) }])
  })
})

describe('a rule that is off', () => {
  test('has nothing open, and measures nothing', async () => {
    const rule = await ruleOn(admin, 'depth')
    await createWaiting(mail, 1)
    await measure()
    await turnRule(admin, rule.id, false)
    expect(await alertsOf(rule)).toMatchObject([
      { resolution: 'Its rule was switched off.', resolvedAt: expect.any(Date) },
    ])
    await measure()
    expect(await alertsOf(rule)).toHaveLength(1)
    await turnRule(admin, rule.id, true)
    await measure()
    expect(await alertsOf(rule)).toHaveLength(2)
  })
})

afterAll(async () => {
  await prisma().alertRule.deleteMany()
})
