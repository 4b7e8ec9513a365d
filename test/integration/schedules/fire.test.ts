import { afterEach, describe, expect, test } from 'vitest'
import { listNotifications } from '@/app/_server/notifications/read'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createScheduleRecord, fireAll, firesOf } from '@/test/support/schedules'

ownDatabase()

const NOON = new Date('2026-03-02T12:00:00Z')

/** A schedule of somebody, due since noon. */
async function dueSchedule(given: Parameters<typeof createScheduleRecord>[0] = {}) {
  const owner = await createViewer()
  return createScheduleRecord({ ownerId: owner.userId, nextFireAt: NOON, ...given })
}

afterEach(() => prisma().schedule.deleteMany())

const outcomes = async (id: string) => (await firesOf(id)).map(({ outcome }) => outcome)

describe('a schedule whose time has come', () => {
  test('makes one job of its owner, and moves on to its next time', async () => {
    const { id, ownerId } = await dueSchedule()
    await fireAll('2026-03-02T12:00:00Z')
    await fireAll('2026-03-02T12:00:30Z')
    const jobs = await prisma().job.findMany({ where: { scheduleId: id } })
    expect(jobs).toMatchObject([
      { ownerId, type: 'email', title: 'Welcome mail to ann@example.com' },
    ])
    expect(await firesOf(id)).toMatchObject([
      { fireAt: NOON, outcome: 'CREATED', jobId: jobs[0]?.id },
    ])
    expect(await prisma().schedule.findUnique({ where: { id } })).toMatchObject({
      nextFireAt: new Date('2026-03-02T13:00:00Z'),
      lastFireAt: NOON,
    })
  })

  test('does nothing before', async () => {
    const { id } = await dueSchedule()
    await fireAll('2026-03-02T11:59:59.999Z')
    expect(await firesOf(id)).toEqual([])
  })

  test('does not make a second job when it is set back', async () => {
    const { id } = await dueSchedule()
    await fireAll('2026-03-02T12:00:00Z')
    await prisma().schedule.update({ where: { id }, data: { nextFireAt: NOON } })
    await fireAll('2026-03-02T12:00:05Z')
    expect(await firesOf(id)).toHaveLength(1)
    expect(await prisma().job.count({ where: { scheduleId: id } })).toBe(1)
  })

  test('fires once among many that look at the same time, and so do a hundred others', async () => {
    const owner = await createViewer()
    await Promise.all(
      Array.from({ length: 101 }, () =>
        createScheduleRecord({ ownerId: owner.userId, nextFireAt: NOON }),
      ),
    )
    const looks = Array.from({ length: 5 }, () => fireAll('2026-03-02T12:00:00Z'))
    await Promise.all(looks)
    await fireAll('2026-03-02T12:00:01Z')
    expect(await prisma().scheduleFire.count()).toBe(101)
    expect(await prisma().job.count({ where: { ownerId: owner.userId } })).toBe(101)
  })

  test('stays due when it cannot be fired, leaves no trace, and does not hold up the others', async () => {
    const broken = await dueSchedule()
    const whole = await dueSchedule()
    await prisma().$executeRawUnsafe(
      `ALTER TABLE "ScheduleFire" ADD CONSTRAINT broken CHECK ("scheduleId" <> '${broken.id}')`,
    )
    await expect(fireAll('2026-03-02T12:00:00Z')).rejects.toThrow()
    await prisma().$executeRaw`ALTER TABLE "ScheduleFire" DROP CONSTRAINT broken`
    expect(await outcomes(whole.id)).toEqual(['CREATED'])
    expect(await prisma().job.count({ where: { scheduleId: broken.id } })).toBe(0)
    await fireAll('2026-03-02T12:00:01Z')
    expect(await prisma().job.count({ where: { scheduleId: broken.id } })).toBe(1)
    expect(await prisma().job.count({ where: { scheduleId: whole.id } })).toBe(1)
  })
})

describe('times that no worker saw', () => {
  test('are skipped, and written down', async () => {
    const { id } = await dueSchedule({ missedPolicy: 'SKIP' })
    await fireAll('2026-03-02T14:30:00Z')
    expect(await outcomes(id)).toEqual(['SKIPPED_MISSED', 'SKIPPED_MISSED', 'SKIPPED_MISSED'])
    expect(await prisma().job.count({ where: { scheduleId: id } })).toBe(0)
  })

  test('run once for all, when the schedule wishes', async () => {
    const { id } = await dueSchedule({ missedPolicy: 'RUN_ONCE' })
    await fireAll('2026-03-02T14:30:00Z')
    expect(await outcomes(id)).toEqual(['SKIPPED_MISSED', 'SKIPPED_MISSED', 'CREATED'])
    expect(await prisma().job.count({ where: { scheduleId: id } })).toBe(1)
  })
})

describe('a schedule that must not overlap', () => {
  test('skips its time while a job of it has not ended, and runs again after', async () => {
    const { id } = await dueSchedule({ overlapPolicy: 'SKIP' })
    await fireAll('2026-03-02T12:00:00Z')
    await fireAll('2026-03-02T13:00:00Z')
    expect(await outcomes(id)).toEqual(['CREATED', 'SKIPPED_OVERLAP'])
    await prisma().job.updateMany({ where: { scheduleId: id }, data: { status: 'COMPLETED' } })
    await fireAll('2026-03-02T14:00:00Z')
    expect(await outcomes(id)).toEqual(['CREATED', 'SKIPPED_OVERLAP', 'CREATED'])
  })

  test('others run beside each other', async () => {
    const { id } = await dueSchedule({ overlapPolicy: 'ALLOW' })
    await fireAll('2026-03-02T12:00:00Z')
    await fireAll('2026-03-02T13:00:00Z')
    expect(await outcomes(id)).toEqual(['CREATED', 'CREATED'])
  })
})

describe('a schedule whose job cannot be made', () => {
  const gone = { fileId: '01890000-0000-7000-8000-000000000000', operations: [] }

  test('says why, tells its owner once, and does not hold up the others', async () => {
    const broken = await dueSchedule({ type: 'image', input: gone })
    const whole = await dueSchedule()
    await fireAll('2026-03-02T12:00:00Z')
    await fireAll('2026-03-02T13:00:00Z')
    expect(await firesOf(broken.id)).toMatchObject([
      { outcome: 'REFUSED', detail: expect.stringContaining('fileId: No file of yours') },
      { outcome: 'REFUSED' },
    ])
    expect(await outcomes(whole.id)).toEqual(['CREATED', 'CREATED'])
    const viewer = { userId: broken.ownerId ?? '', role: 'USER' } as const
    expect((await listNotifications(viewer, { limit: 10 })).data).toMatchObject([
      { kind: 'SCHEDULE_REFUSED', href: `/schedules/${broken.id}` },
    ])
  })

  test('of an unknown type, of a disabled person, or unreadable, is refused too', async () => {
    const unknown = await dueSchedule({ type: 'telegram' })
    const disabled = await dueSchedule()
    await prisma().user.update({
      where: { id: disabled.ownerId ?? '' },
      data: { disabledAt: new Date() },
    })
    const unreadable = await dueSchedule({ timezone: 'Mars/Olympus' })
    await fireAll('2026-03-02T12:00:30Z')
    for (const { id } of [unknown, disabled, unreadable]) {
      expect(await outcomes(id)).toEqual(['REFUSED'])
    }
    expect(await prisma().schedule.findUnique({ where: { id: unreadable.id } })).toMatchObject({
      nextFireAt: null,
    })
  })
})
