import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createSchedule, deleteSchedule, updateSchedule } from '@/app/_server/schedules/schedules'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { firesOf } from '@/test/support/schedules'
import { startScheduler } from '@/workers/supervisor/scheduler'

ownDatabase()

let viewer: Viewer
let schedulers: ReturnType<typeof startScheduler>[]

beforeAll(async () => {
  viewer = await createViewer('ADMIN')
  schedulers = [startScheduler(), startScheduler(), startScheduler()]
  for (const scheduler of schedulers) scheduler.now()
})

afterAll(() => Promise.all(schedulers.map((scheduler) => scheduler.stop())))

const mail = {
  name: 'Mail',
  type: 'email',
  input: { to: 'ann@example.com', template: 'welcome' },
}

function hasFired(id: string, times: number) {
  return vi.waitFor(
    async () => {
      const fires = await firesOf(id)
      if (fires.length < times) throw new Error(`It fired ${fires.length} times`)
      return fires
    },
    { timeout: 20_000, interval: 50 },
  )
}

describe('three schedulers', () => {
  test('wake for a schedule made just now, and fire it each second, once', async () => {
    const { id } = await createSchedule(viewer, { ...mail, cron: '* * * * * *' })
    const fires = await hasFired(id, 4)
    await deleteSchedule(viewer, id)
    const seconds = fires.map(({ fireAt }) => fireAt.getTime() / 1_000)
    expect(seconds).toEqual(seconds.map((_, index) => (seconds[0] ?? 0) + index))
    const ran = fires.filter(({ outcome }) => outcome === 'CREATED')
    const jobs = await prisma().job.findMany({ where: { scheduleId: id } })
    expect(jobs.map((job) => job.id).sort()).toEqual(ran.map(({ jobId }) => jobId).sort())
    expect(ran.length).toBeGreaterThan(0)
    for (const { fireAt, jobId } of ran) {
      const createdAt = jobs.find((job) => job.id === jobId)?.createdAt ?? new Date(0)
      expect(createdAt.getTime()).toBeGreaterThanOrEqual(fireAt.getTime())
    }
  })

  test('wake for a schedule that is switched on or changed, and leave a paused one alone', async () => {
    const { id } = await createSchedule(viewer, { ...mail, cron: '* * * * * *', enabled: false })
    expect(await prisma().schedule.findUnique({ where: { id } })).toMatchObject({
      nextFireAt: null,
    })
    await updateSchedule(viewer, id, { cron: '0 0 1 1 *', enabled: true })
    await updateSchedule(viewer, id, { cron: '* * * * * *' })
    await hasFired(id, 1)
    await updateSchedule(viewer, id, { enabled: false })
    const { length } = await firesOf(id)
    const other = await createSchedule(viewer, { ...mail, cron: '* * * * * *' })
    await hasFired(other.id, 3)
    expect(await firesOf(id)).toHaveLength(length)
  })
})
