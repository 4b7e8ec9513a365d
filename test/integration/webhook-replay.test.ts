import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { updateEndpoint } from '@/app/_server/webhooks/endpoints'
import { recoverFailed, replayDelivery } from '@/app/_server/webhooks/replay'
import { sendTest } from '@/app/_server/webhooks/send-test'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import {
  deliveriesOf,
  endpointTo,
  impatientWebhook,
  receives,
  verified,
} from '@/test/support/webhooks'
import { handlers } from '@/workers/handlers'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'
import { followEndings } from '@/workers/supervisor/endings'
import { notify } from '@/workers/supervisor/notifier'
import { relay } from '@/workers/supervisor/relay'

ownDatabase({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })

let worker: Awaited<ReturnType<typeof startWorker>>
let receiver: Receiver
let ann: Viewer

beforeAll(async () => {
  receiver = await startReceiver()
  worker = await startWorker({ jobs: catalogJobs(handlers), version: 'test' })
})
beforeEach(async () => {
  receiver.behaviour = { status: 200 }
  receiver.received.length = 0
  ann = await createViewer()
})
afterAll(async () => {
  await worker?.stop(1_000)
  await receiver?.close()
})

function send(endpointId: string, payload: unknown = { total: 1 }) {
  const input = { endpointId, event: 'test.event', payload }
  return submit(impatientWebhook, input, { ownerId: ann.userId })
}

async function fails(endpointId: string) {
  receiver.behaviour = { status: 400 }
  const job = await reaches((await send(endpointId)).id, 'FAILED')
  receiver.behaviour = { status: 200 }
  receiver.received.length = 0
  return job
}

describe('a replay', () => {
  test('sends the same message again, as the same message, in a job of its own', async () => {
    const { endpoint, secret } = await endpointTo(ann, receiver)
    const job = await reaches((await send(endpoint.id)).id, 'COMPLETED')
    const [delivery] = await deliveriesOf(job.id)
    const again = await replayDelivery(ann, endpoint.id, delivery?.id ?? '')
    await reaches(again.id, 'COMPLETED')
    expect(again).toMatchObject({ originalId: job.id, tags: ['webhook-replay'] })
    const [first, second] = receiver.received
    if (!first || !second) throw new Error('Not both came')
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
    expect(verified(secret, second)).toEqual(verified(secret, first))
    expect(await deliveriesOf(again.id)).toMatchObject([{ trigger: 'MANUAL', status: 200 }])

    const [replayed] = await deliveriesOf(again.id)
    const third = await replayDelivery(ann, endpoint.id, replayed?.id ?? '')
    expect(third.originalId).toBe(job.id)
    await reaches(third.id, 'COMPLETED')
    expect(receiver.received[2]?.headers['webhook-id']).toBe(job.id)
  })

  test('is refused when the job is deleted, the endpoint off, or another’s', async () => {
    const { endpoint } = await endpointTo(ann, receiver)
    const job = await reaches((await send(endpoint.id)).id, 'COMPLETED')
    const [delivery] = await deliveriesOf(job.id)
    const id = delivery?.id ?? ''
    const bob = await createViewer()
    await expect(replayDelivery(bob, endpoint.id, id)).rejects.toMatchObject({ code: 'not_found' })
    const others = await endpointTo(bob, receiver)
    await expect(replayDelivery(bob, others.endpoint.id, id)).rejects.toMatchObject({
      code: 'not_found',
    })
    await updateEndpoint(ann, endpoint.id, { enabled: false })
    await expect(replayDelivery(ann, endpoint.id, id)).rejects.toMatchObject({ code: 'conflict' })
    await updateEndpoint(ann, endpoint.id, { enabled: true })
    await removeJob(ann, job.id)
    await expect(replayDelivery(ann, endpoint.id, id)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('by hand, as a retry of its job, is told from what happens by itself', async () => {
    const { endpoint } = await endpointTo(ann, receiver)
    const job = await fails(endpoint.id)
    await retryJob(ann, job.id)
    await reaches(job.id, 'COMPLETED')
    const triggers = (await deliveriesOf(job.id)).map(({ trigger }) => trigger)
    expect(triggers).toEqual(['AUTOMATIC', 'MANUAL'])
  })
})

describe('recovering', () => {
  test('sends what failed since a time, of this endpoint, and not what a replay delivered', async () => {
    const { endpoint, secret } = await endpointTo(ann, receiver)
    const other = await endpointTo(ann, receiver)
    const early = await fails(endpoint.id)
    const replayed = await fails(endpoint.id)
    const late = [await fails(endpoint.id), await fails(endpoint.id)]
    await fails(other.endpoint.id)
    await reaches((await send(endpoint.id)).id, 'COMPLETED')
    await prisma().job.update({
      where: { id: early.id },
      data: { finishedAt: new Date(Date.now() - 3_600_000) },
    })
    const [delivery] = await deliveriesOf(replayed.id)
    const replay = await replayDelivery(ann, endpoint.id, delivery?.id ?? '')
    await reaches(replay.id, 'COMPLETED')
    receiver.received.length = 0

    const since = new Date(Date.now() - 60_000)
    expect(await recoverFailed(ann, endpoint.id, since)).toBe(2)
    await relay()
    for (const { id } of late) {
      expect(await reaches(id, 'COMPLETED')).toMatchObject({ attempt: 2, maxAttempts: 6 })
    }
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids.sort()).toEqual(late.map(({ id }) => id).sort())
    for (const request of receiver.received) expect(verified(secret, request)).toBeDefined()
    expect(await prisma().job.findUnique({ where: { id: early.id } })).toMatchObject({
      status: 'FAILED',
    })
    expect(await recoverFailed(ann, endpoint.id, since)).toBe(0)
  })
})

test('a test event says that it is one', async () => {
  const { endpoint, secret } = await endpointTo(ann, receiver)
  const job = await sendTest(ann, endpoint.id)
  await reaches(job.id, 'COMPLETED')
  const [request] = await receives(receiver, 1)
  expect(request && verified(secret, request)).toMatchObject({ type: 'webhook.test' })
  expect(await deliveriesOf(job.id)).toMatchObject([{ trigger: 'TEST', event: 'webhook.test' }])
})

describe('the end of a job', () => {
  const noMail = { to: 'bob@example.com', template: 'notice' } as const
  const noFile = { fileId: '0197a000-0000-7000-8000-000000000000', operations: [] }

  async function mailEnds() {
    const job = await submit(catalog.email, noMail, { ownerId: ann.userId, tags: ['spring'] })
    return reaches(job.id, 'COMPLETED')
  }

  test('is sent once to each endpoint that wants to hear of it', async () => {
    const all = await endpointTo(ann, receiver, [])
    const some = await endpointTo(ann, receiver, ['job.completed', 'order.created'])
    await endpointTo(ann, receiver, ['job.failed'])
    const off = await endpointTo(ann, receiver, [])
    await updateEndpoint(ann, off.endpoint.id, { enabled: false })
    const mail = await mailEnds()
    await Promise.all([followEndings(), followEndings()])
    await Promise.all([notify(), notify(), notify()])
    await receives(receiver, 2)
    const webhooks = await prisma().job.findMany({
      where: { ownerId: ann.userId, type: 'webhook' },
    })
    for (const { id } of webhooks) await reaches(id, 'COMPLETED')
    await followEndings()
    await notify()
    expect(receiver.received).toHaveLength(2)
    for (const { endpoint, secret } of [all, some]) {
      const job = webhooks.find(({ input }) => JSON.stringify(input).includes(endpoint.id))
      const request = receiver.received.find(({ headers }) => headers['webhook-id'] === job?.id)
      expect(request && verified(secret, request)).toMatchObject({
        type: 'job.completed',
        data: {
          jobId: mail.id,
          type: 'email',
          title: mail.title,
          status: 'completed',
          tags: ['spring'],
          error: null,
        },
      })
    }
    expect(await prisma().event.count()).toBe(0)
    expect(await prisma().job.count({ where: { ownerId: ann.userId, type: 'webhook' } })).toBe(2)
  })

  test('is told with its error when it failed, but not its stack', async () => {
    const { secret } = await endpointTo(ann, receiver, ['job.failed'])
    const job = await submit(
      { ...catalog.image, prepare: async () => [{ title: 'Convert a.png' }] },
      { ...noFile, format: 'webp' },
      { ownerId: ann.userId },
    )
    await reaches(job.id, 'FAILED')
    await followEndings()
    await notify()
    const [request] = await receives(receiver, 1)
    const message = request && verified(secret, request)
    expect(message).toMatchObject({
      type: 'job.failed',
      data: { jobId: job.id, error: { code: 'file_gone', message: expect.any(String) } },
    })
    expect(JSON.stringify(message)).not.toContain('stack')
  })

  test('is no event for webhooks, nor for people without an endpoint that wants it', async () => {
    await mailEnds()
    const { endpoint } = await endpointTo(ann, receiver, ['job.failed'])
    await mailEnds()
    await fails(endpoint.id)
    const everything = await endpointTo(ann, receiver, [])
    await fails(everything.endpoint.id)
    await followEndings()
    expect(await prisma().event.count()).toBe(0)
  })
})
