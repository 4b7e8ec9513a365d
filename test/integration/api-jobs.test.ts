import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'
import { countPending } from '@/test/support/pending-dispatch'

ownDatabase()

const email = (to = 'ann@example.com') => ({ type: 'email', input: { to, template: 'welcome' } })

async function create(user: ApiUser, body: unknown, headers: Record<string, string> = {}) {
  const response = await callApi('POST /api/v1/jobs', user, { body, headers })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

async function page(user: ApiUser, query = '') {
  const response = await callApi(`GET /api/v1/jobs${query}`, user)
  return { status: response.status, ...(await response.json()) }
}

describe('POST /api/v1/jobs', () => {
  test('accepts a job with 202, its address and exactly the promised fields', async () => {
    const user = await createApiUser()
    const { status, headers, body } = await create(user, { ...email(), tags: ['a'], priority: 30 })
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`/api/v1/jobs/${body.job.id}`)
    expect(body.job).toMatchObject({ status: 'queued', tags: ['a'], priority: 30, attempt: 0 })
    const promised =
      'id type queue status progress input result error attempt maxAttempts priority tags batchId scheduleId idempotencyKey createdAt runAt waitingSince startedAt finishedAt nextAttemptAt'
    expect(Object.keys(body.job)).toEqual(expect.arrayContaining(promised.split(' ')))
  })

  test('takes 10 to 1000 as priorities from people, and 1 to 9 from admins only [S4]', async () => {
    const [user, admin] = [await createApiUser(), await createApiUser('ADMIN')]
    for (const priority of [10, 1000]) {
      expect((await create(user, { ...email(), priority })).status).toBe(202)
    }
    for (const priority of [1, 9]) {
      const refused = await create(user, { ...email(), priority })
      expect(refused.status).toBe(422)
      expect(refused.body.errors).toEqual([
        { path: 'priority', message: expect.stringContaining('Expected 10 to 1000') },
      ])
      expect((await create(admin, { ...email(), priority })).body.job).toMatchObject({ priority })
    }
    const items = [email(), { ...email(), priority: 9 }].map(({ type, ...item }) => item)
    const body = { type: 'email', items }
    const many = await callApi('POST /api/v1/jobs/batch', user, { body })
    expect(await many.json()).toMatchObject({ errors: [{ path: 'items.1.priority' }] })
  })

  test.each(['0000-01-01T00:00:00+14:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'])(
    'refuses %s, a year no calendar here has [S17]',
    async (runAt) => {
      const { status, body } = await create(await createApiUser(), { ...email(), runAt })
      expect(status).toBe(422)
      expect(body.errors).toMatchObject([{ path: 'runAt' }])
    },
  )

  test('hands the job to its queue at once, with no relay to find it', async () => {
    const { body } = await create(await createApiUser(), email())
    await expect.poll(() => countPending([body.job.id]), { timeout: 10_000 }).toBe(0)
  })

  test('puts a job off until its time', async () => {
    const user = await createApiUser()
    const runAt = new Date(Date.now() + 3_600_000).toISOString()
    expect((await create(user, { ...email(), runAt })).body.job).toMatchObject({
      status: 'scheduled',
      runAt,
    })
    expect((await create(user, { ...email(), delayMs: 60_000 })).body.job.status).toBe('scheduled')
  })

  test('answers 200 with the same job for the same key, and 409 for another input', async () => {
    const user = await createApiUser()
    const first = await create(user, { ...email(), idempotencyKey: 'k1' })
    const again = await create(user, email(), { 'idempotency-key': 'k1' })
    expect([first.status, again.status]).toEqual([202, 200])
    expect(again.body.job.id).toBe(first.body.job.id)
    const other = await create(user, { ...email('bob@example.com'), idempotencyKey: 'k1' })
    expect(other).toMatchObject({ status: 409, body: { title: 'Conflict' } })
  })

  test('makes one job of many requests with one key at once', async () => {
    const user = await createApiUser()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => create(user, { ...email(), idempotencyKey: 'once' })),
    )
    expect(new Set(answers.map(({ body }) => body.job.id)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
  })

  test.each([
    ['an address with a line break', { ...email('a@b.de\nBcc: c@d.de') }, 'input.to'],
    ['two addresses', { ...email('a@b.de, c@d.de') }, 'input.to'],
    [
      'an unknown template',
      { type: 'email', input: { to: 'a@b.de', template: 'x' } },
      'input.template',
    ],
    ['an unknown type', { type: 'x', input: {} }, 'type'],
    ['an unknown field', { ...email(), nope: 1 }, 'nope'],
    ['a priority of 0', { ...email(), priority: 0 }, 'priority'],
    ['a time that is none', { ...email(), runAt: 'tomorrow' }, 'runAt'],
    ['a tag that is none', { ...email(), tags: ['a,b'] }, 'tags.0'],
    ['no input', { type: 'email' }, 'input'],
    [
      'a NUL character',
      { ...email(), input: { ...email().input, variables: { a: '\0' } } },
      'input',
    ],
  ])('refuses %s with 422 and the field', async (_what, body, field) => {
    const user = await createApiUser()
    const answer = await create(user, body)
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toContain(field)
    expect(await prisma().job.count({ where: { ownerId: user.userId } })).toBe(0)
  })

  test('needs an identity, and a key with the right scope', async () => {
    const anonymous = await callApi('POST /api/v1/jobs', undefined, { body: email() })
    expect(anonymous.status).toBe(401)
    const { key, userId } = await createApiUser()
    await prisma().apiKey.updateMany({ where: { userId }, data: { scopes: ['jobs:read'] } })
    expect((await create({ key, userId }, email())).status).toBe(403)
  })
})

describe('GET /api/v1/jobs', () => {
  test('pages through all jobs once, newest first', async () => {
    const user = await createApiUser()
    const items = Array.from({ length: 120 }, () => ({ input: email().input }))
    await callApi('POST /api/v1/jobs/batch', user, { body: { type: 'email', items } })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { data, nextCursor } = await page(user, `?limit=50&cursor=${cursor}`)
      seen.push(...data.map(({ id }: { id: string }) => id))
      cursor = nextCursor
    }
    expect(seen).toHaveLength(120)
    expect(seen).toEqual([...new Set(seen)].sort().reverse())
  })

  test('narrows by type, status, tag and text; % and _ mean themselves', async () => {
    const user = await createApiUser()
    await create(user, { ...email('percent@example.com'), tags: ['100%'] })
    await create(user, { ...email('plain@example.com'), delayMs: 60_000 })
    const titles = async (query: string) =>
      (await page(user, query)).data.map(({ title }: { title: string }) => title.split(' ').at(-1))
    expect(await titles('?q=100%25')).toEqual(['percent@example.com'])
    expect(await titles('?q=_lain')).toEqual([])
    expect(await titles('?q=PLAIN@')).toEqual(['plain@example.com'])
    expect(await titles('?status=scheduled')).toEqual(['plain@example.com'])
    expect(await titles('?tag=100%25')).toEqual(['percent@example.com'])
    expect(await titles('?type=image')).toEqual([])
  })

  test('names what is wrong in the query', async () => {
    const user = await createApiUser()
    const { status, errors } = await page(user, '?limit=500&status=done&cursor=x')
    expect(status).toBe(422)
    expect(errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      'cursor',
      'limit',
      'status',
    ])
  })
})

describe('one job', () => {
  test('is canceled, retried and deleted as its state allows', async () => {
    const user = await createApiUser()
    const { id } = (await create(user, { ...email(), delayMs: 60_000 })).body.job
    const post = (what: string) => callApi(`POST /api/v1/jobs/${id}/${what}`, user)
    const remove = () => callApi(`DELETE /api/v1/jobs/${id}`, user)

    expect((await remove()).status).toBe(409)
    const canceled = await post('cancel')
    expect([canceled.status, (await canceled.json()).job.status]).toEqual([200, 'canceled'])
    const again = await post('cancel')
    expect([again.status, (await again.json()).cancel]).toEqual([200, 'canceled'])
    const retried = await post('retry')
    expect([retried.status, (await retried.json()).job.status]).toEqual([200, 'queued'])
    expect((await post('retry')).status).toBe(409)
    await post('cancel')
    const deleted = await remove()
    expect([deleted.status, (await deleted.json()).job.id]).toEqual([200, id])
    expect((await callApi(`GET /api/v1/jobs/${id}`, user)).status).toBe(404)
  })
})

describe('batches', () => {
  test('answer their id and count, and count their jobs by status', async () => {
    const user = await createApiUser()
    const body = { type: 'email', items: [{ input: email().input }, { input: email().input }] }
    const response = await callApi('POST /api/v1/jobs/batch', user, { body })
    const { batchId, count } = await response.json()
    expect([response.status, count]).toEqual([202, 2])
    const shown = await callApi(`GET /api/v1/batches/${batchId}`, user)
    expect((await shown.json()).batch).toMatchObject({ total: 2, counts: { queued: 2, failed: 0 } })
  })

  test('are one batch for one idempotency key, however many ask at once; with other items a conflict', async () => {
    const user = await createApiUser()
    const ask = async (to: string, key = 'spring', body = {}) => {
      const items = [{ input: email(to).input }, { input: email().input }]
      const response = await callApi('POST /api/v1/jobs/batch', user, {
        body: { type: 'email', items, ...body },
        headers: { 'content-length': '500', ...(key ? { 'idempotency-key': key } : {}) },
      })
      return { status: response.status, ...(await response.json()) }
    }
    const answers = await Promise.all([1, 2, 3].map(() => ask('ann@example.com')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202])
    expect(new Set(answers.map(({ batchId }) => batchId)).size).toBe(1)
    expect(answers.map(({ created }) => created).sort()).toEqual([0, 0, 2])
    expect(await prisma().job.count({ where: { ownerId: user.userId } })).toBe(2)
    expect(await ask('ann@example.com', '', { idempotencyKey: 'spring' })).toMatchObject({
      ...{ status: 200, count: 2, created: 0 },
    })
    expect((await ask('bob@example.com')).status).toBe(409)
    expect((await ask('bob@example.com', 'autumn')).status).toBe(202)
    expect((await ask('bob@example.com', 'two words')).status).toBe(422)
  })

  test('name the item that is wrong, and make nothing', async () => {
    const user = await createApiUser()
    const body = { type: 'email', items: [{ input: email().input }, { input: { to: 'x' } }] }
    const response = await callApi('POST /api/v1/jobs/batch', user, { body })
    expect(response.status).toBe(422)
    const { errors } = await response.json()
    expect(errors.map(({ path }: { path: string }) => path)).toContain('items.1.input.to')
    expect(await prisma().job.count({ where: { ownerId: user.userId } })).toBe(0)
  })
})

describe('GET /api/v1/job-types', () => {
  test('describes each type with its input as JSON Schema and its defaults', async () => {
    const response = await callApi('GET /api/v1/job-types', await createApiUser())
    const { data } = await response.json()
    const image = data.find(({ type }: { type: string }) => type === 'image')
    expect(image).toMatchObject({
      label: 'Image',
      queue: 'image-processing',
      input: { type: 'object', required: ['fileId', 'operations'] },
      defaults: { attempts: 5, backoff: { type: 'exponential', delayMs: 1000 } },
    })
  })
})

describe('what the API answers', () => {
  test('refuses days and times outside the calendar in a query [S17]', async () => {
    const user = await createApiUser()
    for (const name of ['from', 'to', 'endedFrom', 'endedTo']) {
      for (const time of ['0000-01-01', '0000-01-01T00:00:00Z']) {
        expect((await page(user, `?${name}=${time}`)).status).toBe(422)
      }
    }
  })

  test('is kept by nobody on the way [S16]', async () => {
    const user = await createApiUser()
    for (const query of ['', '?limit=0']) {
      const response = await callApi(`GET /api/v1/jobs${query}`, user)
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  })
})

describe('large batches', () => {
  const text = 'word '.repeat(30_000)
  const items = Array.from({ length: 10 }, () => ({
    input: { to: 'ann@example.com', template: 'welcome', variables: { text } },
  }))
  const send = (user: ApiUser, bytes?: string) => {
    const headers = bytes ? { 'content-length': bytes } : undefined
    const body = { type: 'email', items }
    return callApi('POST /api/v1/jobs/batch', user, { body, ...(headers && { headers }) })
  }

  test('are one of a person’s at a time, and the next passes after it [S2]', async () => {
    const user = await createApiUser()
    const [first, second] = await Promise.all([send(user, '2000000'), send(user, '2000000')])
    const statuses = [first, second].map(({ status }) => status).sort()
    expect(statuses).toEqual([202, 429])
    const refused = first.status === 429 ? first : second
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await send(user, '2000000')).status).toBe(202)
  })

  test('of several people have room for so many bytes together [S2]', async () => {
    const users = await Promise.all(Array.from({ length: 6 }, () => createApiUser()))
    // Without a declared length, each might be as large as any.
    const answers = await Promise.all(users.map((user) => send(user)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([202, 503, 503, 503, 503, 503])
    expect(await Promise.all(answers.map(({ headers }) => headers.get('retry-after')))).toContain(
      '2',
    )
  })
})
