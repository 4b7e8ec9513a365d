import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { LOOK_BACK, lastSuccessQuery } from '@/app/_server/job-page/last-success'
import { readInput } from '@/app/_server/job-page/readable'
import { whyFailed } from '@/app/_server/job-page/why-failed'
import { alikeQuery, findAlike } from '@/app/_server/jobs/errors'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import type { InputJsonValue } from '@/lib/db/generated/internal/prismaNamespace'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { shownInput } from '@/lib/jobs/input-secrets'
import { createOldJobs } from '@/test/support/old-jobs'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase()

const END = new Date('2026-11-20T12:00:00Z')

type Given = {
  input: InputJsonValue
  ranMs?: number
  version?: string
  days?: number
  type?: string
}

/** An ended job of a person, whose only attempt a worker of this version has run. */
async function ended(viewer: Viewer, status: 'COMPLETED' | 'FAILED', given: Given) {
  const { input, ranMs = 1_000, version = '1.3.0', days = 1, type = 'webhook' } = given
  const error = { name: 'JobError', code: 'http_503', message: 'The receiver answered 503.' }
  const [id = ''] = await createOldJobs([
    {
      ...{ days, type, status, input, ownerId: viewer.userId, title: `${type} ${status}` },
      ...(status === 'FAILED' ? { error } : {}),
    },
  ])
  const workerId = uuidv7()
  await prisma().worker.create({
    data: { id: workerId, host: 'web-1', pid: 1, version, queues: [] },
  })
  const startedAt = new Date(END.getTime() - ranMs)
  await prisma().attempt.create({
    data: { jobId: id, number: 1, reason: 'FIRST', workerId, startedAt, finishedAt: END },
  })
  return prisma().job.findUniqueOrThrow({ where: { id } })
}

type Record = Awaited<ReturnType<typeof ended>>
const compare = (viewer: Viewer, job: Record) =>
  whyFailed(viewer, job, readInput(job.type, shownInput(job)))

describe('a failed job beside the last success of its kind', () => {
  test('shows fields, endpoint, worker version and run time that differ, and what is the same', async () => {
    const ann = await createViewer()
    const endpoint = async (name: string) =>
      (await createEndpoint(ann, { url: `https://${name}.example.com/`, description: name }))
        .endpoint
    const [shop, store] = [await endpoint('Shop'), await endpoint('Store')]
    const payload = (orderId: string) => ({ orderId, total: 4, items: [{ sku: 'bran' }] })
    await ended(ann, 'COMPLETED', { input: { endpointId: shop.id, event: 'order.paid' }, days: 9 })
    await ended(ann, 'COMPLETED', { input: { endpointId: store.id, event: 'a.b' }, days: 1.5 })
    const success = await ended(ann, 'COMPLETED', {
      input: { endpointId: shop.id, event: 'order.paid', payload: payload('A-1') },
      ...{ days: 2, ranMs: 200, version: '1.2.0' },
    })
    const failed = await ended(ann, 'FAILED', {
      input: { endpointId: store.id, event: 'order.paid', payload: payload('A-2') },
      ranMs: 30_000,
    })
    expect(await compare(ann, failed)).toEqual({
      success: {
        ...{ id: success.id, title: success.title, isLater: false },
        finishedAt: success.finishedAt?.toISOString(),
      },
      differences: [
        { label: 'Send to', here: 'Store', there: 'Shop' },
        { label: 'Payload › orderId', here: 'A-2', there: 'A-1' },
        { label: 'Worker version', here: '1.3.0', there: '1.2.0' },
        { label: 'Ran for', here: '30 s', there: '0.20 s' },
      ],
      more: 0,
      same: [],
    })
  })

  test('says what cannot be the cause, and that others have completed since', async () => {
    const ann = await createViewer()
    const input = { to: 'ann@example.com', template: 'notice', variables: { title: 'Hi' } }
    const failed = await ended(ann, 'FAILED', { type: 'email', input, days: 3 })
    await ended(ann, 'COMPLETED', { type: 'email', input, days: 1 })
    expect(await compare(ann, failed)).toMatchObject({
      ...{ success: { isLater: true }, differences: [], more: 0 },
      same: ['its input', 'the worker version (1.3.0)'],
    })
  })

  test('shows a few fields, and counts the rest', async () => {
    const ann = await createViewer()
    const input = (word: string) => ({
      ...{ url: 'https://a.example/', event: 'a.b' },
      payload: Object.fromEntries(
        Array.from({ length: 20 }, (_, n) => [`field${n}`, `${word} ${n}`]),
      ),
    })
    await ended(ann, 'COMPLETED', { input: input('old'), days: 2 })
    const result = await compare(ann, await ended(ann, 'FAILED', { input: input('new') }))
    expect(result?.differences).toHaveLength(8)
    expect(result?.more).toBe(12)
  })

  test('is compared with nobody else’s, with no other type, and shows no secret', async () => {
    const [ann, bob] = [await createViewer(), await createViewer()]
    const input = (token: string) => ({
      ...{ url: 'https://a.example/', event: 'a.b', payload: 1 },
      headers: { Authorization: `Bearer ${token}` },
    })
    await ended(bob, 'COMPLETED', { input: input('of-bob') })
    await ended(ann, 'COMPLETED', { type: 'email', input: {} })
    const failed = await ended(ann, 'FAILED', { input: input('one-secret') })
    expect(await compare(ann, failed)).toBeUndefined()
    await ended(ann, 'COMPLETED', { input: input('another-secret'), days: 2 })
    expect(JSON.stringify(await compare(ann, failed))).not.toContain('secret')
  })
})

describe('among very many jobs', () => {
  let ann: Viewer
  beforeAll(async () => {
    ann = await createViewer()
    const bob = await createViewer()
    // All of one person's come before all of another's: reading by id alone would pass over these.
    for (const owner of [ann, bob]) {
      await pool().query(
        `INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, error, "maxAttempts", backoff,
           "timeoutMs", "inputHash", tags, attempt, "createdAt", "runAt", "finishedAt")
         SELECT uuidv7(), 'webhook', 'webhooks', $1, 'FAILED', 'Hook', '{}', '{"code":"x","message":"It broke"}',
           1, '{}', 1, '', '{}', 1, now(), now(), now() FROM generate_series(1, 50000)`,
        [owner.userId],
      )
    }
    await pool().query(`INSERT INTO "JobFacts" ("jobId", "ownerId", type, queue, tags, text)
      SELECT id, "ownerId", type, queue, tags, '' FROM "Job" ON CONFLICT DO NOTHING`)
    await pool().query('ANALYZE "Job", "JobFacts"')
  }, 120_000)

  const failed = (ownerId: string | null) => ({ ownerId, type: 'webhook', input: { event: 'a.b' } })

  /** Rows that a plan's steps have read, and the tables it read as a whole. */
  async function planOf(query: Prisma.Sql) {
    const plan = await prisma().$queryRaw<{ 'QUERY PLAN': string }[]>(
      Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) ${query}`,
    )
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    const rows = [...text.matchAll(/rows=(\d+)(?:\.\d+)? loops=(\d+)/g)].map(
      ([, count, loops]) => Number(count) * Number(loops),
    )
    return { text, most: Math.max(...rows) }
  }

  test('the last success is looked for by an index, among so many and no more', async () => {
    const { text, most } = await planOf(lastSuccessQuery(failed(ann.userId)))
    expect(text).not.toContain('Seq Scan')
    expect(text).toContain('JobFacts_ownerId_type_jobId_idx')
    expect(most).toBeLessThanOrEqual(LOOK_BACK)
    const nobodys = await planOf(lastSuccessQuery(failed(null)))
    expect(nobodys.text).toContain('JobFacts_ownerId_type_jobId_idx')
  })

  test('jobs that failed alike are counted from an index, up to a number', async () => {
    const job = await prisma().job.findFirstOrThrow({ where: { ownerId: ann.userId } })
    const query = (viewer: Viewer) => alikeQuery(viewer, job.errorGroup ?? '', job.id)
    for (const viewer of [ann, await createViewer('ADMIN')]) {
      const { text, most } = await planOf(query(viewer))
      expect(text).toContain('error_group_idx')
      expect(text).not.toContain('Seq Scan')
      expect(most).toBeLessThanOrEqual(1_001)
    }
    expect(await findAlike(ann, job)).toMatchObject({ count: 1_001, newest: [{}, {}, {}] })
  })
})
