import { describe, expect, test } from 'vitest'
import { runScheduleNow } from '@/app/_server/schedules/run-now'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import { changeRole, disableUser } from '@/lib/auth/manage-users'
import { prisma } from '@/lib/db/prisma'
import { jobContext } from '@/test/support/job-context'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createScheduleRecord, fireAll, firesOf } from '@/test/support/schedules'
import { report } from '@/workers/handlers/report'
import { findReceiver } from '@/workers/handlers/webhook/receiver'
import { notedEvents } from '@/workers/supervisor/notifications/publish'

ownDatabase()

const NOON = '2026-03-02T12:00:00Z'
const everyone = { period: 'daily', format: 'csv', everyone: true } as const

async function endpointOf(viewer: Viewer): Promise<string> {
  const { endpoint } = await createEndpoint(viewer, { url: 'https://listener.example/' })
  return endpoint.id
}

const disable = async ({ userId }: Viewer) => disableUser(await createViewer('ADMIN'), userId)

describe('of somebody who was disabled', () => {
  test('endpoints hear of no event, while those of others do [S3]', async () => {
    const [gone, there] = [await createViewer(), await createViewer()]
    await Promise.all([endpointOf(gone), endpointOf(there)])
    await disable(gone)
    await prisma().event.createMany({
      data: [gone, there].map(({ userId }) => ({ ownerId: userId, type: 'x', payload: {} })),
    })
    expect(await notedEvents.handle(await notedEvents.find(10))).toBe(2)
    const jobs = await prisma().job.findMany({ where: { type: 'webhook' } })
    expect(jobs.map(({ ownerId }) => ownerId)).toEqual([there.userId])
  })

  test('webhooks that wait are not delivered to endpoints [S3]', async () => {
    const gone = await createViewer()
    const input = { endpointId: await endpointOf(gone), event: 'x', payload: {} }
    const jobId = await createJobRecord(gone.userId, 'webhook', input)
    const context = jobContext<'webhook'>(input, { jobId, ownerId: gone.userId })
    expect(await findReceiver(context)).toMatchObject({ url: 'https://listener.example/' })
    await disable(gone)
    await expect(findReceiver(context)).rejects.toMatchObject({ code: 'owner_disabled' })
  })

  test('schedules neither fire nor can be run by an admin [S3]', async () => {
    const gone = await createViewer()
    const { id } = await createScheduleRecord({ ownerId: gone.userId, nextFireAt: new Date(NOON) })
    await disable(gone)
    await fireAll(NOON)
    expect(await firesOf(id)).toMatchObject([{ outcome: 'REFUSED' }])
    await expect(runScheduleNow(await createViewer('ADMIN'), id)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await prisma().job.count({ where: { scheduleId: id } })).toBe(0)
  })
})

describe('of an admin who is none any more', () => {
  const demote = async ({ userId }: Viewer) =>
    changeRole(await createViewer('ADMIN'), userId, 'USER')

  test('a schedule of what only admins may do is refused when it fires [S3]', async () => {
    const admin = await createViewer('ADMIN')
    const due = { ownerId: admin.userId, nextFireAt: new Date(NOON) }
    const { id } = await createScheduleRecord({ ...due, type: 'report', input: everyone })
    await demote(admin)
    await fireAll(NOON)
    expect(await firesOf(id)).toMatchObject([
      { outcome: 'REFUSED', detail: expect.stringContaining('Only an admin') },
    ])
  })

  test('a report on everyone that waits is not made [S3]', async () => {
    const admin = await createViewer('ADMIN')
    const jobId = await createJobRecord(admin.userId, 'report', everyone)
    await demote(admin)
    const context = jobContext<'report'>(everyone, { jobId, ownerId: admin.userId })
    await expect(report(context)).rejects.toMatchObject({ code: 'not_an_admin' })
  })
})
