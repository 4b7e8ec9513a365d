import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Viewer } from '@/lib/access/viewer'
import type { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { REDACTED } from '@/lib/jobs/redacted'
import { claimJobs } from '@/lib/jobs/transitions/claim'
import { retryJob, retryJobs } from '@/lib/jobs/transitions/retry'
import { createApiUser } from '@/test/support/api'
import { attemptsOf } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { endpointTo } from '@/test/support/webhooks'
import { doors, type Failed } from './retry-doors'

// The console's actions ask who is signed in, and tell Next.js which pages have changed.
const signedIn = vi.hoisted(() => ({ viewer: undefined as Viewer | undefined }))
vi.mock('@/app/_server/auth/session', () => ({
  requireViewer: async () => signedIn.viewer,
  requireAdmin: async () => signedIn.viewer,
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

ownDatabase({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })

let admin: Viewer
beforeAll(async () => {
  admin = await createViewer('ADMIN')
  signedIn.viewer = admin
})

/** A job that has been through everything that a retry must undo, its owner's other one waiting. */
async function failed(also: Prisma.JobUpdateManyMutationInput = {}): Promise<Failed> {
  const owner = await createApiUser()
  const ann = { userId: owner.userId, role: 'USER' } as const
  const { endpoint } = await endpointTo(ann, { url: 'http://127.0.0.1:8080/' })
  const input = { endpointId: endpoint.id, event: 'test.event', payload: {} }
  const { batchId } = await prisma().$transaction((tx) =>
    enqueueMany(tx, catalog.webhook, [{ input }, { input }], { ownerId: owner.userId }),
  )
  const [first, waiting] = await prisma().job.findMany({
    where: { batchId },
    orderBy: { id: 'asc' },
  })
  if (!first || !waiting) throw new Error('The batch has no two jobs')
  await prisma().job.update({
    where: { id: waiting.id },
    data: { turn: 70 },
  })
  const job = await prisma().job.update({
    where: { id: first.id },
    data: {
      status: 'FAILED',
      attempt: 6,
      maxAttempts: 6,
      turn: 3,
      progress: { percent: 40, message: 'Sending' },
      error: { name: 'Error', message: 'It was refused.' },
      runAt: new Date(Date.now() + 3_600_000),
      ...{ startedAt: new Date(), finishedAt: new Date() },
      ...{ nextAttemptAt: new Date(), cancelRequestedAt: new Date() },
      ...also,
    },
  })
  return { job, owner, admin, endpointId: endpoint.id }
}

const recordOf = ({ job }: Failed) => prisma().job.findUniqueOrThrow({ where: { id: job.id } })

/** The attempt that a worker makes of it next. */
async function attemptAfter({ job: { id } }: Failed) {
  await claimJobs([{ jobId: id, token: uuidv7() }], uuidv7(), 1)
  return (await attemptsOf(id)).at(-1)
}

const ways = Object.entries(doors)

describe.each(ways)('a retry by way of %s', (_door, retry) => {
  it('leaves the same record as by any other way, field by field [C5.1]', async () => {
    const given = await failed()
    await retry(given)
    const { runAt, waitingSince, ...record } = await recordOf(given)
    const { runAt: before, waitingSince: _, ...unchanged } = given.job
    expect(record).toEqual({
      ...unchanged,
      ...{
        status: 'QUEUED',
        endedAs: null,
        turn: 71,
        attempt: 6,
        maxAttempts: 6 + catalog.webhook.attempts,
      },
      ...{
        progress: null,
        startedAt: null,
        finishedAt: null,
        nextAttemptAt: null,
        cancelRequestedAt: null,
      },
    })
    expect(runAt.getTime()).toBeLessThan(before.getTime())
    expect(Number(waitingSince)).toBeGreaterThanOrEqual(Number(given.job.finishedAt))
    expect(await attemptAfter(given)).toMatchObject({ number: 7, reason: 'MANUAL_RETRY' })
  })
})

// The command line does what the API does, in seconds.
describe.each(ways.filter(([door]) => door !== 'the command line'))(
  'a retry by way of %s',
  (_door, retry) => {
    it('runs nothing whose input was removed with its owner’s data [C5.1]', async () => {
      const given = await failed({ inputHash: REDACTED })
      await retry(given)?.catch(() => undefined)
      expect(await recordOf(given)).toEqual(given.job)
    })

    it('leaves work alone that is under way as another job [C5.1]', async () => {
      const dedupeKey = uuidv7()
      const given = await failed({ dedupeKey })
      const other = { ownerId: given.owner.userId, status: 'QUEUED' } as const
      await prisma().job.updateMany({ where: other, data: { dedupeKey } })
      await retry(given)?.catch(() => undefined)
      expect(await recordOf(given)).toEqual(given.job)
    })
  },
)

describe('the same work, asked for again while a retry is being decided', () => {
  /** Another job with the key of this one, committed when the retry already waits for it. */
  async function withTwin<T>(given: Failed, retry: () => Promise<T>): Promise<T> {
    const duplicate = { ownerId: given.owner.userId, status: 'QUEUED' } as const
    let retrying: Promise<T> | undefined
    await transaction(async (tx) => {
      await tx.job.updateMany({ where: duplicate, data: { dedupeKey: given.job.dedupeKey } })
      retrying = retry()
      retrying.catch(() => undefined)
      await vi.waitFor(async () => {
        const [row] = await prisma().$queryRaw<{ waiting: number }[]>`
          SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`
        expect(row?.waiting).toBe(1)
      })
    })
    if (!retrying) throw new Error('It was not retried')
    return retrying
  }

  it('is refused as what is under way already, not as a fault of ours [C5.1]', async () => {
    const given = await failed({ dedupeKey: 'raced one' })
    await expect(withTwin(given, () => retryJob(admin, given.job.id))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('already under way as job'),
    })
    expect(await recordOf(given)).toEqual(given.job)
  })

  it('costs none of the others their retry [C5.1]', async () => {
    const [given, other] = [await failed({ dedupeKey: 'raced many' }), await failed()]
    const ids = [given.job.id, other.job.id]
    const retried = await withTwin(given, () => transaction((tx) => retryJobs(tx, ids)))
    expect(retried.map(({ id }) => id)).toEqual([other.job.id])
  })
})

it('says of each state that forbids a retry what to do instead [C5.1]', async () => {
  const refusal = async (also: Prisma.JobUpdateManyMutationInput) => {
    const { job } = await failed({ finishedAt: null, cancelRequestedAt: null, ...also })
    return retryJob(admin, job.id).then(String, ({ message }: Error) => message)
  }
  const only = 'Only failed or canceled jobs can be retried; this one is'
  expect(await refusal({ status: 'COMPLETED' })).toBe(`${only} completed. Duplicate it instead.`)
  expect(await refusal({ status: 'ACTIVE' })).toBe(`${only} active. Cancel it first.`)
  expect(await refusal({ status: 'ACTIVE', cancelRequestedAt: new Date() })).toBe(
    'This job is active and being canceled. Retry it once it is canceled.',
  )
})
