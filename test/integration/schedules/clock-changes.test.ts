import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { SCHEDULES_CHANNEL } from '@/lib/schedules/announce'
import { nextFire } from '@/lib/schedules/next-fire'
import { kill } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createScheduleRecord, firesOf } from '@/test/support/schedules'

ownDatabase()

const MINUTE = 60_000

type Change = { timezone: string; from: string; to: string; times: Record<string, string[]> }

/** The whole local day of each change, and when patterns that name a time fire on it, by hand. */
const changes: Change[] = [
  {
    timezone: 'Europe/Berlin',
    from: '2026-03-28T23:00Z',
    to: '2026-03-29T22:00Z',
    times: {
      '30 2 * * *': ['2026-03-29T01:30Z'],
      '0 3 * * *': ['2026-03-29T01:00Z'],
      '15 1,4 * * sun': ['2026-03-29T00:15Z', '2026-03-29T02:15Z'],
    },
  },
  {
    timezone: 'Europe/Berlin',
    from: '2026-10-24T22:00Z',
    to: '2026-10-25T23:00Z',
    times: {
      '30 2 * * *': ['2026-10-25T00:30Z'],
      '0 3 * * *': ['2026-10-25T02:00Z'],
      '15 1,4 * * sun': ['2026-10-24T23:15Z', '2026-10-25T03:15Z'],
    },
  },
  {
    timezone: 'America/New_York',
    from: '2026-03-08T05:00Z',
    to: '2026-03-09T04:00Z',
    times: {
      '30 2 * * *': ['2026-03-08T07:30Z'],
      '0 3 * * *': ['2026-03-08T07:00Z'],
      '15 1,4 * * sun': ['2026-03-08T06:15Z', '2026-03-08T08:15Z'],
    },
  },
  {
    timezone: 'America/New_York',
    from: '2026-11-01T04:00Z',
    to: '2026-11-02T05:00Z',
    times: {
      '30 2 * * *': ['2026-11-01T07:30Z'],
      '0 3 * * *': ['2026-11-01T08:00Z'],
      '15 1,4 * * sun': ['2026-11-01T05:15Z', '2026-11-01T09:15Z'],
    },
  },
]

/** The minutes of a day at which an interval fires: where the wall shows a whole or half hour. */
function halfHours({ timezone, from, to }: Change): string[] {
  const found: string[] = []
  for (let at = Date.parse(from); at < Date.parse(to); at += MINUTE) {
    const minute = new Date(at).toLocaleTimeString('en-GB', {
      timeZone: timezone,
      minute: 'numeric',
    })
    if (Number(minute) % 30 === 0) found.push(short(new Date(at)))
  }
  return found
}

const short = (at: Date) => `${at.toISOString().slice(0, 16)}Z`

let workers: ChildProcess[]

beforeAll(async () => {
  await prisma().$executeRaw`CREATE TABLE "TestClock" (at timestamptz NOT NULL)`
  await prisma().$executeRaw`INSERT INTO "TestClock" VALUES ('2026-01-01T00:00:00Z')`
  const program = fileURLToPath(new URL('../../support/scheduler-process.ts', import.meta.url))
  workers = Array.from({ length: 3 }, () =>
    fork(program, {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
})

afterEach(() => prisma().schedule.deleteMany())

afterAll(async () => {
  await Promise.all(workers.map((worker) => kill(worker, 'SIGTERM')))
})

/** Sets the clock, wakes the workers, and waits until nothing is due any more. */
async function setClock(at: Date): Promise<void> {
  await prisma().$executeRaw`UPDATE "TestClock" SET at = ${at}::timestamptz`
  await prisma().$executeRaw`SELECT pg_notify(${SCHEDULES_CHANNEL}, '')`
  await vi.waitFor(
    async () => {
      const due = await prisma().schedule.count({ where: { nextFireAt: { lte: at } } })
      if (due > 0) throw new Error(`${due} schedules are still due at ${at.toISOString()}`)
    },
    { timeout: 30_000, interval: 15 },
  )
}

describe('three workers, the clock driven through a change of the clock', () => {
  test.each(changes)(
    'fire all schedules when they should, once: $timezone, $to',
    async (change) => {
      const { timezone, from, to, times } = change
      const expected: Record<string, string[]> = { ...times, '*/30 * * * *': halfHours(change) }
      const start = new Date(Date.parse(from) - 1_000)
      await setClock(start)
      const schedules = await Promise.all(
        Object.keys(expected).map((cron) => {
          const nextFireAt = nextFire(cron, timezone, start)
          return createScheduleRecord({ cron, timezone, nextFireAt })
        }),
      )
      for (const time of [...new Set(Object.values(expected).flat())].sort()) {
        const moment = new Date(time)
        await setClock(moment)
        const early = { where: { fireAt: { gt: moment } } }
        expect(await prisma().scheduleFire.count(early)).toBe(0)
      }
      await setClock(new Date(Date.parse(to) - 1))
      for (const { id, cron } of schedules) {
        const fires = await firesOf(id)
        expect(
          fires.map(({ fireAt }) => short(fireAt)),
          cron,
        ).toEqual(expected[cron])
        expect(new Set(fires.map(({ outcome }) => outcome))).toEqual(new Set(['CREATED']))
        const jobs = await prisma().job.findMany({
          where: { scheduleId: id },
          select: { id: true },
        })
        expect(jobs.map((job) => job.id).sort()).toEqual(fires.map(({ jobId }) => jobId).sort())
      }
    },
    120_000,
  )
})
