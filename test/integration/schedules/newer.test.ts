import { afterEach, describe, expect, test } from 'vitest'
import { createSchedule, updateSchedule } from '@/app/_server/schedules/schedules'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createScheduleRecord, fireAll, firesOf } from '@/test/support/schedules'
import { untilNextDue } from '@/workers/supervisor/schedules/clock'

ownDatabase()

const NOON = new Date('2026-03-02T12:00:00Z')
const clockAt = (moment: string) => async () => new Date(moment)

afterEach(() => prisma().schedule.deleteMany())

describe('a schedule that only newer workers know', () => {
  test.each([
    ['a type', { type: 'telegram' }],
    ['an input', { inputVersion: 2 }],
  ])('by %s is left to them, and holds up nothing meanwhile', async (_what, newer) => {
    const { userId: ownerId } = await createViewer()
    const left = await createScheduleRecord({ ownerId, nextFireAt: NOON, ...newer })
    const known = await createScheduleRecord({ ownerId, nextFireAt: NOON })
    await fireAll('2026-03-02T12:00:05Z')
    expect(await firesOf(left.id)).toEqual([])
    expect(await firesOf(known.id)).toMatchObject([{ outcome: 'CREATED' }])
    expect(await prisma().schedule.findUnique({ where: { id: left.id } })).toMatchObject({
      nextFireAt: NOON,
    })
    // This program looks again when it is to be refused, not at once.
    expect(await untilNextDue(clockAt('2026-03-02T12:00:05Z'))).toBe(25_000)
  })
})

describe('what a schedule keeps', () => {
  test('is of the version of its type’s input, also once that is changed', async () => {
    const viewer = await createViewer()
    const given = { name: 'Mail', type: 'email', cron: '0 9 * * *', timezone: 'UTC' }
    const input = { to: 'ann@example.com', template: 'welcome' }
    const { id } = await createSchedule(viewer, { ...given, input })
    const where = { id }
    await prisma().schedule.update({ where, data: { inputVersion: 7 } })
    await updateSchedule(viewer, id, { name: 'Morning mail' })
    expect(await prisma().schedule.findUnique({ where })).toMatchObject({ inputVersion: 7 })
    await updateSchedule(viewer, id, { input: { ...input, to: 'bob@example.com' } })
    expect(await prisma().schedule.findUnique({ where })).toMatchObject({ inputVersion: 1 })
  })
})
