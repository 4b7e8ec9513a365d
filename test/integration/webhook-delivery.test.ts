import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listNotifications } from '@/app/_server/notifications/read'
import { rotateSecret, updateEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { deliveriesOf, endpointTo, impatientWebhook, verified } from '@/test/support/webhooks'
import { handlers } from '@/workers/handlers'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'

const DAY_MS = 24 * 3600_000

ownDatabase({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })

let worker: Awaited<ReturnType<typeof startWorker>>
let receiver: Receiver
let ann: Viewer

beforeAll(async () => {
  receiver = await startReceiver()
  worker = await startWorker({ jobs: catalogJobs(handlers), version: 'test' })
  ann = await createViewer()
})
beforeEach(() => {
  receiver.behaviour = { status: 200, body: 'ok' }
  receiver.received.length = 0
})
afterAll(async () => {
  await worker?.stop(1_000)
  await receiver?.close()
})

const event = { event: 'test.event', payload: { total: 12.5, name: 'Ünal' } }

function send(endpointId: string, more: object = {}) {
  return submit(impatientWebhook, { endpointId, ...event, ...more }, { ownerId: ann.userId })
}

describe('a webhook to an endpoint', () => {
  test('is one POST that its receiver verifies, with type, time and data in its body', async () => {
    const { endpoint, secret } = await endpointTo(ann, receiver)
    const job = await send(endpoint.id)
    expect((await reaches(job.id, 'COMPLETED')).result).toMatchObject({ status: 200 })
    expect(receiver.received).toHaveLength(1)
    const [request] = receiver.received
    expect(request && verified(secret, request)).toEqual({
      type: 'test.event',
      timestamp: new Date(Number.parseInt(job.id.replace('-', '').slice(0, 12), 16)).toISOString(),
      data: event.payload,
    })
    expect(request).toMatchObject({ method: 'POST', path: '/hooks' })
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': job.id,
      'millrace-event': 'test.event',
    })
  })

  test('leaves a line in the delivery log, with what was sent and answered', async () => {
    receiver.behaviour = { status: 202, body: `Thanks!\0${'x'.repeat(5_000)}` }
    const { endpoint } = await endpointTo(ann, receiver)
    const job = await send(endpoint.id)
    await reaches(job.id, 'COMPLETED')
    const [delivery, ...others] = await deliveriesOf(job.id)
    expect(others).toEqual([])
    expect(delivery).toMatchObject({
      endpointId: endpoint.id,
      ownerId: ann.userId,
      attempt: 1,
      url: receiver.url,
      event: 'test.event',
      trigger: 'AUTOMATIC',
      status: 202,
      error: null,
    })
    expect(delivery?.excerpt).toMatch(/^Thanks!x{900,1100}$/)
    expect(delivery?.durationMs).toBeLessThan(5_000)
    expect(delivery?.headers).toMatchObject({
      'webhook-id': job.id,
      'webhook-signature': receiver.received[0]?.headers['webhook-signature'],
    })
  })

  test('is signed with the old secret too for a day after a rotation', async () => {
    const { endpoint, secret: old } = await endpointTo(ann, receiver)
    const { secret } = await rotateSecret(ann, endpoint.id)
    expect(secret).not.toBe(old)
    await reaches((await send(endpoint.id)).id, 'COMPLETED')
    const [during] = receiver.received
    if (!during) throw new Error('Nothing came')
    expect(verified(secret, during)).toEqual(verified(old, during))

    const kept = await prisma().webhookEndpoint.findUniqueOrThrow({ where: { id: endpoint.id } })
    const left = Number(kept.previousSecretExpiresAt) - Date.now()
    expect(left).toBeGreaterThan(DAY_MS - 60_000)
    expect(left).toBeLessThanOrEqual(DAY_MS)
    await prisma().webhookEndpoint.update({
      where: { id: endpoint.id },
      data: { previousSecretExpiresAt: new Date(Date.now() - 1) },
    })
    await reaches((await send(endpoint.id)).id, 'COMPLETED')
    const [, after] = receiver.received
    if (!after) throw new Error('Nothing came')
    expect(verified(secret, after)).toBeDefined()
    expect(() => verified(old, after)).toThrow()
  })

  test('keeps id and body at every attempt, each signed anew', async () => {
    receiver.behaviour = { status: 503, body: 'Later' }
    const { endpoint, secret } = await endpointTo(ann, receiver)
    const job = await send(endpoint.id)
    expect(await reaches(job.id, 'FAILED')).toMatchObject({
      attempt: 5,
      error: { code: 'http_503' },
    })
    expect(receiver.received).toHaveLength(5)
    for (const request of receiver.received) {
      expect(verified(secret, request)).toMatchObject({ data: event.payload })
    }
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([job.id]),
    )
    expect(await deliveriesOf(job.id)).toMatchObject(
      [1, 2, 3, 4, 5].map((attempt) => ({ attempt, status: 503, excerpt: 'Later' })),
    )
  })

  test('goes where the endpoint leads when it is sent, not when it was enqueued', async () => {
    const { endpoint } = await endpointTo(ann, receiver)
    receiver.behaviour = { status: 500 }
    const job = await submit(
      { ...impatientWebhook, backoff: { type: 'fixed', delayMs: 500 } },
      { endpointId: endpoint.id, ...event },
      { ownerId: ann.userId },
    )
    await reaches(job.id, 'RETRYING')
    const next = await startReceiver()
    await updateEndpoint(ann, endpoint.id, { url: next.url })
    await reaches(job.id, 'COMPLETED')
    await next.close()
    expect([receiver.received.length, next.received.length]).toEqual([1, 1])
  })

  test('ends when its endpoint is switched off meanwhile, and sends nothing', async () => {
    const { endpoint } = await endpointTo(ann, receiver)
    const runAt = new Date(Date.now() + 400)
    const input = { endpointId: endpoint.id, ...event }
    const job = await submit(impatientWebhook, input, { ownerId: ann.userId, runAt })
    await updateEndpoint(ann, endpoint.id, { enabled: false })
    expect(await reaches(job.id, 'FAILED')).toMatchObject({ error: { code: 'endpoint_disabled' } })
    expect(receiver.received).toEqual([])
    await expect(send(endpoint.id)).rejects.toMatchObject({
      details: { issues: [{ path: 'input.endpointId', message: 'This endpoint is switched off' }] },
    })
  })
})

describe('a webhook to a bare URL', () => {
  test('carries the payload as it is and no signature', async () => {
    const input = { url: `${receiver.url}?a=b`, ...event }
    const job = await submit(impatientWebhook, input, { ownerId: ann.userId })
    await reaches(job.id, 'COMPLETED')
    const [request] = receiver.received
    expect(JSON.parse(request?.body ?? '')).toEqual(event.payload)
    expect(request?.path).toBe('/hooks?a=b')
    expect(request?.headers).toMatchObject({ 'webhook-id': job.id })
    expect(request?.headers).not.toHaveProperty('webhook-signature')
    expect(await deliveriesOf(job.id)).toMatchObject([{ endpointId: null, status: 200 }])
  })

  test('carries secret headers that no record shows', async () => {
    const headers = { Authorization: 'Bearer hunter2hunter2', 'X-Team': 'blue' }
    const input = { url: receiver.url, ...event, headers }
    const job = await submit(impatientWebhook, input, { ownerId: ann.userId })
    await reaches(job.id, 'COMPLETED')
    expect(receiver.received[0]?.headers).toMatchObject({
      authorization: 'Bearer hunter2hunter2',
      'x-team': 'blue',
      host: new URL(receiver.url).host,
    })
    const [delivery] = await deliveriesOf(job.id)
    expect(delivery?.headers).toMatchObject({ Authorization: '••••••', 'X-Team': 'blue' })
    const kept = await prisma().$queryRaw<{ row: string }[]>`
      SELECT to_jsonb("Job")::text AS row FROM "Job" UNION ALL
      SELECT to_jsonb("JobFacts")::text FROM "JobFacts" UNION ALL
      SELECT to_jsonb("JobLog")::text FROM "JobLog" UNION ALL
      SELECT to_jsonb("WebhookDelivery")::text FROM "WebhookDelivery"`
    expect(kept.filter(({ row }) => row.includes('hunter2'))).toEqual([])
  })

  test.each([
    'webhook-id',
    'Webhook-Signature',
    'WEBHOOK-TIMESTAMP',
    'Host',
    'Content-Length',
    'Transfer-Encoding',
    'Connection',
    'Cookie',
    'X-Forwarded-For',
    'X-Evil\r\nHost',
  ])('cannot set the header %j', async (name) => {
    const input = { url: receiver.url, ...event, headers: { [name]: 'x' } }
    await expect(submit(impatientWebhook, input, { ownerId: ann.userId })).rejects.toMatchObject({
      details: { issues: [{ path: expect.stringMatching(/^input\.headers\./) }] },
    })
  })
})

describe('what becomes of a webhook', () => {
  test.each([500, 502, 503, 504, 599, 408, 429])(
    'an answer of %i is tried again, until no attempt is left',
    async (status) => {
      const { endpoint } = await endpointTo(ann, receiver)
      receiver.behaviour = { status }
      const failed = await reaches((await send(endpoint.id)).id, 'FAILED')
      expect(failed).toMatchObject({ attempt: 5, error: { code: `http_${status}` } })
      expect(receiver.received).toHaveLength(5)
    },
  )

  test.each([400, 401, 403, 404, 405, 409, 413, 422, 425, 451])(
    'an answer of %i is final',
    async (status) => {
      const { endpoint } = await endpointTo(ann, receiver)
      receiver.behaviour = { status }
      const failed = await reaches((await send(endpoint.id)).id, 'FAILED')
      expect(failed).toMatchObject({ attempt: 1, error: { code: `http_${status}` } })
      expect(receiver.received).toHaveLength(1)
    },
  )

  test.each([301, 302, 303, 307, 308])(
    'a redirect of %i is final and not followed',
    async (status) => {
      const inside = await startReceiver()
      const { endpoint } = await endpointTo(ann, receiver)
      receiver.behaviour = { status, headers: { location: inside.url } }
      const failed = await reaches((await send(endpoint.id)).id, 'FAILED')
      await inside.close()
      expect(failed).toMatchObject({ attempt: 1, error: { code: `http_${status}` } })
      expect(inside.connections).toBe(0)
    },
  )

  test('a connection that breaks, or that nobody takes, is tried again', async () => {
    const broken = await endpointTo(ann, receiver)
    receiver.behaviour = 'reset'
    const first = await reaches((await send(broken.endpoint.id)).id, 'FAILED')
    expect(first).toMatchObject({ attempt: 5, error: { code: 'connection_lost' } })

    const away = await startReceiver()
    await away.close()
    const refused = await endpointTo(ann, away)
    const second = await reaches((await send(refused.endpoint.id)).id, 'FAILED')
    expect(second).toMatchObject({ attempt: 5, error: { code: 'connection_refused' } })
    expect(await deliveriesOf(second.id)).toMatchObject(
      Array.from({ length: 5 }, () => ({ status: null, error: expect.any(String) })),
    )
  })

  test.each([
    ['seconds', '90', 90_000],
    ['a date', () => new Date(Date.now() + 120_000).toUTCString(), 120_000],
    ['more than a day', '9000000', DAY_MS],
    ['nonsense', 'soon', 20],
  ])('it waits as long as Retry-After asks in %s', async (_kind, value, wait) => {
    const { endpoint } = await endpointTo(ann, receiver)
    const retryAfter = typeof value === 'string' ? value : value()
    receiver.behaviour = { status: 429, headers: { 'retry-after': retryAfter } }
    const input = { endpointId: endpoint.id, ...event }
    const patient = { ...impatientWebhook, attempts: 2 }
    const job = await submit(patient, input, { ownerId: ann.userId })
    if (wait < 1_000) return void (await reaches(job.id, 'FAILED'))
    const { nextAttemptAt } = await reaches(job.id, 'RETRYING')
    const [attempt] = await attemptsOf(job.id)
    const asked = Number(nextAttemptAt) - Number(attempt?.finishedAt)
    expect(Math.abs(asked - wait)).toBeLessThan(2_500)
    expect(receiver.received).toHaveLength(1)
  })
})

describe('an endpoint that is no good any more', () => {
  const noticesOf = async (endpointId: string) => {
    const { data } = await listNotifications(ann, { limit: 100 })
    return data.filter(({ href }) => href === `/webhooks/${endpointId}`)
  }
  const find = (id: string) => prisma().webhookEndpoint.findUniqueOrThrow({ where: { id } })

  test('is switched off at once by 410, and its owner told', async () => {
    const { endpoint } = await endpointTo(ann, receiver)
    receiver.behaviour = { status: 410 }
    await reaches((await send(endpoint.id)).id, 'FAILED')
    expect(await find(endpoint.id)).toMatchObject({
      enabled: false,
      disabledReason: expect.stringContaining('410'),
    })
    expect(await noticesOf(endpoint.id)).toMatchObject([
      { kind: 'ENDPOINT_DISABLED', title: expect.stringContaining('switched off') },
    ])
  })

  test('is switched off after days without a success, and not before', async () => {
    const { endpoint } = await endpointTo(ann, receiver)
    receiver.behaviour = { status: 404 }
    await reaches((await send(endpoint.id)).id, 'FAILED')
    const young = await find(endpoint.id)
    expect(young.enabled).toBe(true)
    expect(Date.now() - Number(young.failingSince)).toBeLessThan(30_000)

    await prisma().webhookEndpoint.update({
      where: { id: endpoint.id },
      data: { failingSince: new Date(Date.now() - 5 * DAY_MS) },
    })
    await reaches((await send(endpoint.id)).id, 'FAILED')
    expect(await find(endpoint.id)).toMatchObject({
      enabled: false,
      disabledReason: expect.stringContaining('5 days'),
    })
    expect(await noticesOf(endpoint.id)).toHaveLength(1)

    const on = await updateEndpoint(ann, endpoint.id, { enabled: true })
    expect(on).toMatchObject({ enabled: true, disabledReason: null, failingSince: null })
  })

  test('is well again after one success', async () => {
    const { endpoint } = await endpointTo(ann, receiver)
    await prisma().webhookEndpoint.update({
      where: { id: endpoint.id },
      data: { failingSince: new Date(Date.now() - 6 * DAY_MS) },
    })
    await reaches((await send(endpoint.id)).id, 'COMPLETED')
    expect(await find(endpoint.id)).toMatchObject({ enabled: true, failingSince: null })
  })
})
