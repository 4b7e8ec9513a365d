import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { jobContext } from '@/test/support/job-context'
import { createOldJobs, daysAgo, idFrom } from '@/test/support/old-jobs'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { maintenance } from '@/workers/handlers/maintenance'
import { mailDigests } from '@/workers/handlers/maintenance/digest/figures'

ownDatabase()

beforeEach(() => prisma().user.deleteMany())

/** A Monday. */
const MORNING = new Date('2026-11-23T09:00:00Z')

/** A job of somebody, made at a moment. */
function jobAt(ownerId: string, moment: string, rest: object = {}) {
  const createdAt = new Date(moment)
  const id = uuidv7({ msecs: createdAt.getTime() })
  return { days: 0, id, ownerId, createdAt, ...rest }
}

function digestsOf(ownerId: string) {
  return prisma().job.findMany({ where: { ownerId, type: 'email', queue: 'email', attempt: 0 } })
}

const variablesOf = async (ownerId: string) => (await digestsOf(ownerId))[0]?.input

describe('the weekly digest', () => {
  test('counts the jobs of the seven days before today where the person is', async () => {
    const [berlin, honolulu] = await Promise.all([createViewer(), createViewer()])
    const zones = [
      [berlin, 'Europe/Berlin'],
      [honolulu, 'Pacific/Honolulu'],
    ] as const
    for (const [{ userId }, timezone] of zones) {
      await prisma().user.update({ where: { id: userId }, data: { timezone } })
    }
    await createOldJobs([
      // Sunday before: not yet; midnight of Monday in Berlin: the first moment.
      jobAt(berlin.userId, '2026-11-15T22:59:59Z'),
      jobAt(berlin.userId, '2026-11-15T23:00:00Z'),
      jobAt(berlin.userId, '2026-11-20T12:00:00Z', { status: 'FAILED' }),
      jobAt(berlin.userId, '2026-11-22T22:59:59Z', { status: 'CANCELED' }),
      jobAt(berlin.userId, '2026-11-22T23:00:00Z'),
      // In Honolulu it is still Sunday.
      jobAt(honolulu.userId, '2026-11-15T10:00:00Z'),
      jobAt(honolulu.userId, '2026-11-22T09:59:59Z'),
      jobAt(honolulu.userId, '2026-11-22T10:00:00Z'),
    ])
    expect(await mailDigests(MORNING, null)).toMatchObject({ people: 2, mails: 2, next: null })
    expect(await variablesOf(berlin.userId)).toMatchObject({
      template: 'weekly-digest',
      variables: {
        name: 'Ann',
        period: expect.stringMatching(/^16.+22 November$/),
        completed: 1,
        failed: 1,
        canceled: 1,
      },
    })
    expect(await variablesOf(honolulu.userId)).toMatchObject({
      variables: { period: expect.stringMatching(/^15.+21 November$/), completed: 2, failed: 0 },
    })
  })

  test('comes once a week, however often and at once it is made', async () => {
    const { userId } = await createViewer()
    await createOldJobs([jobAt(userId, '2026-11-18T12:00:00Z')])
    await Promise.all([mailDigests(MORNING, null), mailDigests(MORNING, null)])
    await mailDigests(new Date('2026-11-24T09:00:00Z'), null)
    expect(await digestsOf(userId)).toMatchObject([
      { tags: [NOTIFICATION_TAG], idempotencyKey: 'weekly-digest-2026-11-23' },
    ])
    await createOldJobs([jobAt(userId, '2026-11-27T12:00:00Z')])
    await mailDigests(new Date('2026-11-30T09:00:00Z'), null)
    expect(await digestsOf(userId)).toHaveLength(2)
  })

  test('goes to nobody without jobs, nobody who opted out, and nobody disabled', async () => {
    const [idle, out, bounced, disabled] = await Promise.all([
      createViewer(),
      createViewer(),
      createViewer(),
      createViewer(),
    ])
    const email = (id: string) => `${id}@example.com`
    await createOldJobs([
      jobAt(idle.userId, '2026-11-18T12:00:00Z', { tags: [NOTIFICATION_TAG] }),
      ...[out, bounced, disabled].map(({ userId }) => jobAt(userId, '2026-11-18T12:00:00Z')),
    ])
    await prisma().suppression.createMany({
      data: [
        { ownerId: out.userId, email: email(out.userId), reason: 'OPT_OUT' },
        { ownerId: bounced.userId, email: 'somebody.else@example.com', reason: 'OPT_OUT' },
      ],
    })
    await prisma().user.update({
      where: { id: disabled.userId },
      data: { disabledAt: new Date() },
    })
    expect(await mailDigests(MORNING, null)).toMatchObject({ mails: 1 })
    expect(await digestsOf(bounced.userId)).toHaveLength(1)
  })

  test('is made in slices, until everybody has theirs', async () => {
    const ids = Array.from({ length: 230 }, () => uuidv7())
    await prisma().user.createMany({
      data: ids.map((id) => ({ id, email: `${id}@example.com`, name: 'Ann' })),
    })
    const yesterday = { days: 1, createdAt: daysAgo(1) }
    await createOldJobs(ids.map((ownerId) => ({ ...yesterday, id: idFrom(1), ownerId })))
    const context = jobContext<'maintenance'>(
      { task: 'digest' },
      { jobId: uuidv7(), ownerId: null },
    )
    expect(await maintenance(context)).toEqual({ mails: 230 })
    expect(context.percents).toHaveLength(2)
    expect(context.percents.at(-1)).toBe(100)
    expect(await prisma().job.count({ where: { attempt: 0 } })).toBe(230)
  })
})
