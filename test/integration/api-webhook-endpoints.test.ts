import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { reaches } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { verified } from '@/test/support/webhooks'
import { handlers } from '@/workers/handlers'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'

ownDatabase({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })

let worker: Awaited<ReturnType<typeof startWorker>>
let receiver: Receiver
let ann: ApiUser
let bob: ApiUser

beforeAll(async () => {
  receiver = await startReceiver()
  worker = await startWorker({ jobs: catalogJobs(handlers), version: 'test' })
  ann = await createApiUser()
  bob = await createApiUser()
})
afterAll(async () => {
  await worker?.stop(1_000)
  await receiver?.close()
})

async function answerOf(response: Response) {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) }
}

/** @param to as in `POST …/test`, of the endpoint with the id */
async function call(to: string, user: ApiUser | undefined, id: string, body?: unknown) {
  const path = to.replace('…', `/api/v1/webhook-endpoints/${id}`)
  return answerOf(await callApi(path, user, { body }))
}

async function post(user: ApiUser | undefined, body: unknown) {
  return answerOf(await callApi('POST /api/v1/webhook-endpoints', user, { body }))
}

async function newEndpoint(user: ApiUser, more: object = {}) {
  const { body } = await post(user, { url: receiver.url, eventTypes: ['a.b'], ...more })
  return { id: String(body.endpoint.id), secret: String(body.secret) }
}

describe('webhook endpoints', () => {
  test('are created with 201, their address, and a secret that is shown this once', async () => {
    const answer = await post(ann, {
      url: receiver.url,
      description: ' Shop ',
      eventTypes: ['a.b'],
    })
    expect(answer.status).toBe(201)
    const { endpoint, secret } = answer.body
    expect(answer.headers.get('location')).toBe(`/api/v1/webhook-endpoints/${endpoint.id}`)
    expect(endpoint).toEqual({
      id: expect.any(String),
      url: receiver.url,
      description: 'Shop',
      eventTypes: ['a.b'],
      enabled: true,
      disabledReason: null,
      failingSince: null,
      previousSecretExpiresAt: null,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const shown = await call('GET …', ann, endpoint.id)
    const listed = await answerOf(await callApi('GET /api/v1/webhook-endpoints', ann))
    expect(shown.body).toEqual({ endpoint })
    expect(listed.body.data).toContainEqual(endpoint)
  })

  test('keep no secret that the database, or a dump of it, would give away', async () => {
    const { id, secret } = await newEndpoint(ann)
    const rotated = (await call('POST …/rotate-secret', ann, id)).body.secret
    const tables = await prisma().$queryRaw<{ name: string }[]>`
      SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public'`
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      const rows = await prisma().$queryRawUnsafe<{ row: string }[]>(
        `SELECT to_jsonb(t)::text AS row FROM ${name} t`,
      )
      for (const { row } of rows) {
        for (const text of [secret, rotated]) expect(row).not.toContain(text.slice('whsec_'.length))
      }
    }
  })

  test('are listed newest first, in pages', async () => {
    const carol = await createApiUser()
    const ids = []
    for (let count = 0; count < 3; count++) ids.unshift((await newEndpoint(carol)).id)
    const first = await answerOf(await callApi('GET /api/v1/webhook-endpoints?limit=2', carol))
    const { nextCursor } = first.body
    const rest = await answerOf(
      await callApi(`GET /api/v1/webhook-endpoints?limit=2&cursor=${nextCursor}`, carol),
    )
    const idsOf = ({ body }: typeof first) => body.data.map(({ id }: { id: string }) => id)
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(ids)
    expect(rest.body.nextCursor).toBeNull()
  })

  test('change in what a PATCH names, and go with their delivery log', async () => {
    const { id } = await newEndpoint(ann)
    const changed = await call('PATCH …', ann, id, { enabled: false })
    expect(changed.body.endpoint).toMatchObject({ enabled: false, url: receiver.url })
    expect((await call('POST …/test', ann, id)).status).toBe(409)
    expect((await call('DELETE …', ann, id)).status).toBe(204)
    expect((await call('GET …', ann, id)).status).toBe(404)
  })

  test('rotate their secret to another, and say until when the old one signs', async () => {
    const { id, secret } = await newEndpoint(ann)
    const { status, body } = await call('POST …/rotate-secret', ann, id)
    expect(status).toBe(200)
    expect(body.secret).toMatch(/^whsec_/)
    expect(body.secret).not.toBe(secret)
    const left = Date.parse(body.endpoint.previousSecretExpiresAt) - Date.now()
    expect(left).toBeGreaterThan(23 * 3_600_000)
  })

  test('are tested, show the delivery, replay it and recover what failed', async () => {
    const { id, secret } = await newEndpoint(ann)
    const tested = await call('POST …/test', ann, id)
    expect(tested.status).toBe(202)
    expect(tested.headers.get('location')).toBe(`/api/v1/jobs/${tested.body.job.id}`)
    await reaches(tested.body.job.id, 'COMPLETED')
    const request = receiver.received.at(-1)
    expect(request && verified(secret, request)).toMatchObject({ type: 'webhook.test' })

    const log = await call('GET …/deliveries', ann, id)
    expect(log.body).toMatchObject({
      data: [{ jobId: tested.body.job.id, status: 200, excerpt: 'ok', trigger: 'test' }],
      nextCursor: null,
    })
    const body = { deliveryId: log.body.data[0].id }
    const replayed = await call('POST …/replay', ann, id, body)
    expect(replayed.status).toBe(202)
    await reaches(replayed.body.job.id, 'COMPLETED')

    const since = new Date(Date.now() - 60_000).toISOString()
    const recovered = await call('POST …/recover', ann, id, { since })
    expect(recovered).toMatchObject({ status: 202, body: { count: 0 } })
  })
})

describe('what webhook endpoints refuse', () => {
  test.each([
    ['http://10.0.0.1/', 'url'],
    ['http://0x0a000001/', 'url'],
    ['http://[::1]/', 'url'],
    ['http://[::ffff:127.0.0.1]/', 'url'],
    ['http://169.254.169.254/latest/meta-data/', 'url'],
    ['http://127.0.0.1:6379/', 'url'],
    ['ftp://example.com/', 'url'],
    ['https://user:secret@example.com/', 'url'],
    ['not a URL', 'url'],
    [42, 'url'],
  ])('the URL %j, naming the field, when created, changed or sent to', async (url, field) => {
    const created = await post(ann, { url })
    expect(created).toMatchObject({ status: 422, body: { errors: [{ path: field }] } })
    expect(JSON.stringify(created.body)).not.toContain('secret')
    const { id } = await newEndpoint(ann)
    const changed = await call('PATCH …', ann, id, { url })
    expect(changed).toMatchObject({ status: 422, body: { errors: [{ path: field }] } })
    await call('DELETE …', ann, id)
  })

  test.each([
    [{ eventTypes: ['no spaces'] }, 'eventTypes.0'],
    [{ eventTypes: 'a.b' }, 'eventTypes'],
    [{ description: 'two\nlines' }, 'description'],
    [{ description: 'x'.repeat(201) }, 'description'],
    [{ enabled: 'yes' }, 'enabled'],
    [{ secret: 'mine' }, 'secret'],
  ])('%j', async (more, field) => {
    const answer = await post(ann, { url: receiver.url, ...more })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: field }] } })
  })

  test('more endpoints than one person may have', async () => {
    const dora = await createApiUser()
    const { id } = await newEndpoint(dora)
    await prisma().$executeRaw`
      INSERT INTO "WebhookEndpoint" (id, "ownerId", url, secret, "eventTypes")
      SELECT gen_random_uuid(), "ownerId", url, secret, "eventTypes"
      FROM "WebhookEndpoint", generate_series(1, 99) WHERE id = ${id}::uuid`
    expect((await post(dora, { url: receiver.url })).status).toBe(409)
  })

  test.each([
    ['a recover without a time', 'POST …/recover', {}, 'since'],
    ['a recover since nonsense', 'POST …/recover', { since: 'yesterday' }, 'since'],
    ['a replay of nothing', 'POST …/replay', { deliveryId: 'x' }, 'deliveryId'],
  ])('%s', async (_what, to, body, field) => {
    const { id } = await newEndpoint(ann)
    const answer = await call(to, ann, id, body)
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: field }] } })
  })
})

describe('somebody else’s endpoint', () => {
  const calls: [string, string, unknown][] = [
    ['shown', 'GET …', undefined],
    ['changed', 'PATCH …', { enabled: false }],
    ['deleted', 'DELETE …', undefined],
    ['rotated', 'POST …/rotate-secret', undefined],
    ['tested', 'POST …/test', undefined],
    ['read', 'GET …/deliveries', undefined],
    ['replayed', 'POST …/replay', { deliveryId: '0197a000-0000-7000-8000-000000000000' }],
    ['recovered', 'POST …/recover', { since: '2026-01-01T00:00:00Z' }],
  ]

  test.each(calls)(
    'cannot be %s: 404, as one that is not there; 401 without a key',
    async (_what, to, body) => {
      const { id } = await newEndpoint(ann)
      const before = await prisma().webhookEndpoint.findUnique({ where: { id } })
      expect((await call(to, bob, id, body)).status).toBe(404)
      expect((await call(to, bob, 'nonsense', body)).status).toBe(404)
      expect((await call(to, undefined, id, body)).status).toBe(401)
      expect(await prisma().webhookEndpoint.findUnique({ where: { id } })).toEqual(before)
    },
  )

  test('is not in one’s list, and takes none of one’s webhooks', async () => {
    const { id } = await newEndpoint(ann)
    const listed = await answerOf(await callApi('GET /api/v1/webhook-endpoints', bob))
    expect(JSON.stringify(listed.body)).not.toContain(id)
  })

  test('is changed and used by an admin only with an entry in the audit log', async () => {
    const admin = await createApiUser('ADMIN')
    const { id } = await newEndpoint(ann)
    expect((await call('POST …/rotate-secret', admin, id)).status).toBe(200)
    const tested = await call('POST …/test', admin, id)
    await reaches(tested.body.job.id, 'COMPLETED')
    const log = await call('GET …/deliveries', admin, id)
    const body = { deliveryId: log.body.data[0].id }
    expect((await call('POST …/replay', admin, id, body)).status).toBe(202)
    const since = { since: '2026-01-01T00:00:00Z' }
    expect((await call('POST …/recover', admin, id, since)).status).toBe(202)
    expect((await call('DELETE …', admin, id)).status).toBe(204)
    const entries = await prisma().auditEntry.findMany({
      where: { actorId: admin.userId, targetId: id },
      orderBy: { id: 'asc' },
    })
    expect(entries.map(({ action }) => action)).toEqual(
      ['rotate-secret', 'test', 'replay', 'recover', 'delete'].map(
        (action) => `webhook-endpoint.${action}`,
      ),
    )
  })
})
