import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { deliveriesOf, impatientWebhook, receives } from '@/test/support/webhooks'
import { handlers } from '@/workers/handlers'
import { createWebhookHandler } from '@/workers/handlers/webhook'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'

const LIMIT_MS = 700
/** Longer than the test that waits for something else meanwhile. */
const LONG_LIMIT_MS = 60_000
/** A request that ends at its limit, with what record and queue take on a busy machine. */
const SOON_MS = 4_000

ownDatabase({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })

let limitMs = LIMIT_MS
let worker: Awaited<ReturnType<typeof startWorker>>
let receiver: Receiver
let ann: Viewer

beforeAll(async () => {
  const webhook = async () => createWebhookHandler({ limitMs })
  const jobs = catalogJobs({ ...handlers, webhook })
  worker = await startWorker({ jobs, version: 'test' })
  receiver = await startReceiver()
  ann = await createViewer()
})
afterEach(() => {
  receiver.received.length = 0
})
afterAll(async () => {
  await worker?.stop(1_000)
  await receiver?.close()
})

function send(
  definition: Partial<typeof impatientWebhook> & { attempts: number; timeoutMs?: number },
) {
  return submit(
    { ...impatientWebhook, ...definition },
    { url: receiver.url, event: 'test.event', payload: {} },
    { ownerId: ann.userId },
  )
}

describe('a receiver', () => {
  test.each(['hang', 'drip'] as const)(
    'that %ss ends at the limit of a request',
    async (behaviour) => {
      receiver.behaviour = behaviour
      const job = await send({ attempts: 2 })
      const failed = await reaches(job.id, 'FAILED')
      expect(failed).toMatchObject({ attempt: 2, error: { code: 'receiver_timeout' } })
      for (const { durationMs, status } of await deliveriesOf(job.id)) {
        expect(status).toBeNull()
        expect(durationMs).toBeGreaterThanOrEqual(LIMIT_MS - 50)
        expect(durationMs).toBeLessThan(SOON_MS)
      }
    },
  )

  test('that answers with another protocol is left at once [S15]', async () => {
    receiver.behaviour = { status: 101, headers: { connection: 'Upgrade', upgrade: 'x' } }
    const job = await send({ attempts: 2 })
    const failed = await reaches(job.id, 'FAILED')
    expect(failed).toMatchObject({ attempt: 1, error: { code: 'http_101' } })
    const deliveries = await deliveriesOf(job.id)
    expect(deliveries).toMatchObject([{ status: 101 }])
    expect(deliveries[0]?.durationMs).toBeLessThan(LIMIT_MS)
  })

  test('that answers what takes long to look through holds nobody up [S1]', async () => {
    receiver.behaviour = { status: 200, body: `aa://${':'.repeat(64 * 1024)}` }
    const start = process.cpuUsage()
    const job = await send({ attempts: 1 })
    await reaches(job.id, 'COMPLETED')
    const { user } = process.cpuUsage(start)
    expect(user / 1_000).toBeLessThan(1_500)
    const [delivery] = await deliveriesOf(job.id)
    expect(delivery?.excerpt).toHaveLength(1_024)
  })

  test('that floods is read for its first bytes only', async () => {
    receiver.behaviour = 'endless'
    const job = await send({ attempts: 1 })
    expect(await reaches(job.id, 'COMPLETED')).toMatchObject({ result: { status: 200 } })
    const [delivery] = await deliveriesOf(job.id)
    expect(delivery?.excerpt).toBe('x'.repeat(1_024))
  })

  test('that hangs loses to the limit of the job too', async () => {
    receiver.behaviour = 'hang'
    const job = await send({ attempts: 1, timeoutMs: 200 })
    expect(await reaches(job.id, 'FAILED')).toMatchObject({ error: { code: 'timeout' } })
    expect(await deliveriesOf(job.id)).toMatchObject([{ status: null }])
  })

  test('that hangs does not keep a canceled job', async () => {
    receiver.behaviour = 'hang'
    const job = await send({ attempts: 1 })
    await receives(receiver, 1)
    await cancelJob(ann, job.id)
    await reaches(job.id, 'CANCELED')
  })

  test('that hangs holds up no other queue', async () => {
    limitMs = LONG_LIMIT_MS
    receiver.behaviour = 'hang'
    const count = catalog.webhook.declaredQueue.concurrency + 5
    const stuck = await Promise.all(Array.from({ length: count }, () => send({ attempts: 1 })))
    await receives(receiver, catalog.webhook.declaredQueue.concurrency)
    const mail = await submit(
      catalog.email,
      { to: 'bob@example.com', template: 'notice' },
      { ownerId: ann.userId },
    )
    await reaches(mail.id, 'COMPLETED')
    const hanging = { id: { in: stuck.map(({ id }) => id) }, status: 'ACTIVE' } as const
    expect(await prisma().job.count({ where: hanging })).toBe(
      catalog.webhook.declaredQueue.concurrency,
    )
    for (const { id } of stuck.toReversed()) await cancelJob(ann, id)
    for (const { id } of stuck) await reaches(id, 'CANCELED')
  })
})
