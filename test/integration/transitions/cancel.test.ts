import { expect, it } from 'vitest'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { openStatuses } from '@/lib/jobs/status'
import { cancelJob, cancelJobs } from '@/lib/jobs/transitions/cancel'
import { callApi, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()

const recordOf = (id: string) => prisma().job.findUniqueOrThrow({ where: { id } })

function countedEndings(): Promise<number> {
  return prisma().ending.count({ where: { status: 'CANCELED' } })
}

it.each([...openStatuses])(
  'answers what became of a job that is %s, the same twice [9.2]',
  async (status) => {
    const user = await createApiUser()
    const id = await createJobRecord(user.userId, 'email', {}, status)
    const post = (action: string) => callApi(`POST /api/v1/jobs/${id}/${action}`, user)
    const endings = await countedEndings()
    const running = status === 'ACTIVE'

    const answer = await (await post('cancel')).json()
    expect(answer).toMatchObject(
      running
        ? { cancel: 'canceling', job: { id, status: 'active', cancelRequested: true } }
        : { cancel: 'canceled', job: { id, status: 'canceled', finishedAt: expect.any(String) } },
    )
    expect(await countedEndings()).toBe(endings + (running ? 0 : 1))

    const record = await recordOf(id)
    const again = await post('cancel')
    expect([again.status, await again.json()]).toEqual([200, answer])
    expect(await recordOf(id)).toEqual(record)
    expect(await countedEndings()).toBe(endings + (running ? 0 : 1))

    const retried = await post('retry')
    expect(retried.status).toBe(running ? 409 : 200)
  },
)

it.each(['COMPLETED', 'FAILED'] as const)(
  'says that a job has ended that is %s [9.2]',
  async (status) => {
    const ann = await createViewer()
    const id = await createJobRecord(ann.userId, 'email', {}, status)
    await expect(cancelJob(ann, id)).rejects.toMatchObject({
      code: 'conflict',
      message: `This job has ended (${status.toLowerCase()}): there is nothing left to cancel.`,
    })
  },
)

it('is in the audit log once, however often it is asked for [9.2]', async () => {
  const [admin, ann] = [await createViewer('ADMIN'), await createViewer()]
  const id = await createJobRecord(ann.userId, 'email', {}, 'ACTIVE')
  for (const _ of [1, 2]) expect(await cancelJob(admin, id)).toMatchObject({ cancel: 'canceling' })
  expect(await prisma().auditEntry.findMany({ where: { targetId: id } })).toMatchObject([
    {
      action: 'job.cancel',
      details: { before: { status: 'active' }, after: { status: 'active' } },
    },
  ])
})

it('ends once, or is told to stop, whatever else cancels it or ends it at that moment [9.2]', async () => {
  const ann = await createViewer()
  const ids = await Promise.all(
    Array.from({ length: 20 }, () => createJobRecord(ann.userId, 'email', {}, 'QUEUED')),
  )
  const endings = await countedEndings()
  const end = (status: JobStatus) =>
    prisma().job.updateMany({ where: { id: { in: ids.slice(0, 5) } }, data: { status } })
  const canceled = await Promise.all([
    end('COMPLETED').then(() => []),
    ...[1, 2, 3].map(() => transaction((tx) => cancelJobs(tx, ids))),
    transaction((tx) => cancelJobs(tx, ids.toReversed())),
  ])
  const changed = canceled.flat().map(({ id }) => id)
  expect(new Set(changed).size).toBe(changed.length)
  expect(await countedEndings()).toBe(endings + changed.length)
  expect(await prisma().job.count({ where: { id: { in: ids }, status: 'QUEUED' } })).toBe(0)
})
