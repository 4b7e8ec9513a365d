import { describe, expect, test } from 'vitest'
import { listFires } from '@/app/_server/schedules/history'
import { prisma } from '@/lib/db/prisma'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'
import { fireAll, firesOf } from '@/test/support/schedules'
import { ensureSystemSchedules } from '@/workers/supervisor/schedules/system'

ownDatabase()

const morning = {
  name: 'Morning mail',
  type: 'email',
  input: { to: 'ann@example.com', template: 'welcome' },
  cron: '30 2 * * 1-5',
  timezone: 'Europe/Berlin',
}

async function create(user: ApiUser, body: unknown) {
  const response = await callApi('POST /api/v1/schedules', user, { body })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

async function change(user: ApiUser, id: string, body: unknown) {
  const response = await callApi(`PATCH /api/v1/schedules/${id}`, user, { body })
  return { status: response.status, body: await response.json() }
}

async function remove(user: ApiUser, id: string) {
  return (await callApi(`DELETE /api/v1/schedules/${id}`, user)).status
}

async function runNow(user: ApiUser, id: string) {
  const response = await callApi(`POST /api/v1/schedules/${id}/run`, user)
  return { status: response.status, body: await response.json() }
}

async function all(user: ApiUser, query = '') {
  return (await callApi(`GET /api/v1/schedules${query}`, user)).json()
}

const fields = (body: { errors: { path: string }[] }) => body.errors.map(({ path }) => path)

describe('POST /api/v1/schedules', () => {
  test('creates a schedule, says it in words and tells its next five runs', async () => {
    const { status, headers, body } = await create(await createApiUser(), morning)
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/api/v1/schedules/${body.schedule.id}`)
    expect(body.schedule).toMatchObject({
      ...morning,
      description: 'At 02:30, Monday through Friday',
      enabled: true,
      missedPolicy: 'skip',
      overlapPolicy: 'allow',
      system: false,
      lastRun: null,
    })
    expect(body.schedule.nextRuns).toHaveLength(5)
    expect(body.schedule.nextRuns[0]).toBe(body.schedule.nextFireAt)
    for (const time of body.schedule.nextRuns) {
      const wall = new Date(time).toLocaleTimeString('en-GB', { timeZone: morning.timezone })
      expect(wall).toBe('02:30:00')
    }
  })

  test.each([
    ['no name', { name: ' ' }, 'name'],
    ['an unknown type', { type: 'telegram' }, 'type'],
    ['a type of the system', { type: 'maintenance', input: { task: 'retention' } }, 'type'],
    ['an input that does not fit', { input: { to: 'x', template: 'welcome' } }, 'input.to'],
    ['no input', { input: undefined }, 'input'],
    ['a NUL character', { input: { ...morning.input, variables: { a: '\0' } } }, 'input'],
    [
      'a file that is not there',
      {
        type: 'image',
        input: { fileId: '01890000-0000-7000-8000-000000000000', operations: [] },
      },
      'input.fileId',
    ],
    ['a pattern that is none', { cron: 'every day' }, 'cron'],
    ['a day that never comes', { cron: '0 0 31 2 *' }, 'cron'],
    ['a place that is no time zone', { timezone: 'Berlin' }, 'timezone'],
    ['an unknown policy', { missedPolicy: 'later' }, 'missedPolicy'],
    ['an unknown field', { nope: 1 }, 'nope'],
  ])('refuses %s with 422 and the field', async (_what, wrong, field) => {
    const user = await createApiUser()
    const { status, body } = await create(user, { ...morning, ...wrong })
    expect(status).toBe(422)
    expect(fields(body)).toContain(field)
    expect(await prisma().schedule.count({ where: { ownerId: user.userId } })).toBe(0)
  })
})

describe('PATCH /api/v1/schedules/:id', () => {
  test('changes when it runs from now on, and keeps what it did', async () => {
    const user = await createApiUser()
    const { id } = (await create(user, morning)).body.schedule
    await runNow(user, id)
    const { status, body } = await change(user, id, { cron: '0 12 * * *', timezone: 'UTC' })
    expect([status, body.schedule.description]).toEqual([200, 'At 12:00'])
    expect(body.schedule.nextFireAt).toMatch(/T12:00:00.000Z$/)
    expect(await firesOf(id)).toHaveLength(1)
    const renamed = await change(user, id, { name: 'Noon mail' })
    expect(renamed.body.schedule).toMatchObject({
      name: 'Noon mail',
      cron: '0 12 * * *',
      lastRun: { status: 'queued' },
    })
  })

  test('pauses and resumes; what a paused one would have done is not missed', async () => {
    const user = await createApiUser()
    const { id } = (await create(user, { ...morning, missedPolicy: 'run_once' })).body.schedule
    const paused = (await change(user, id, { enabled: false })).body.schedule
    expect(paused).toMatchObject({ enabled: false, nextFireAt: null, nextRuns: [] })
    const later = new Date(Date.now() + 30 * 24 * 3600_000).toISOString()
    await fireAll(later)
    expect(await firesOf(id)).toEqual([])
    const resumed = (await change(user, id, { enabled: true })).body.schedule
    expect(Date.parse(resumed.nextFireAt)).toBeGreaterThan(Date.now())
  })

  test('checks a changed input, and the old one against a changed type', async () => {
    const user = await createApiUser()
    const { id } = (await create(user, morning)).body.schedule
    const input = { ...morning.input, template: 'none' }
    expect(fields((await change(user, id, { input })).body)).toEqual(['input.template'])
    expect((await change(user, id, { type: 'image' })).status).toBe(422)
    expect((await change(user, id, {})).status).toBe(200)
  })
})

describe('POST /api/v1/schedules/:id/run', () => {
  test('makes a job now, also while paused, and leaves the schedule’s own times alone', async () => {
    const user = await createApiUser()
    const { id } = (await create(user, { ...morning, enabled: false })).body.schedule
    const { status, body } = await runNow(user, id)
    expect([status, body.job.scheduleId, body.job.type]).toEqual([202, id, 'email'])
    await runNow(user, id)
    const { data } = await listFires({ userId: user.userId, role: 'USER' }, id, { limit: 10 })
    expect(data).toHaveLength(2)
    expect(data[1]).toMatchObject({ outcome: 'CREATED', detail: 'Run by hand.' })
    expect(data[1]?.job?.id).toBe(body.job.id)
    const shown = await (await callApi(`GET /api/v1/schedules/${id}`, user)).json()
    expect(shown.schedule).toMatchObject({ nextFireAt: null, lastFireAt: null })
  })

  test('makes one job each time, however many ask at once', async () => {
    const user = await createApiUser()
    const { id } = (await create(user, morning)).body.schedule
    const answers = await Promise.all(Array.from({ length: 5 }, () => runNow(user, id)))
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202])
    const fires = await firesOf(id)
    expect(new Set(fires.map(({ jobId }) => jobId)).size).toBe(5)
    for (const { fireAt } of fires) expect(fireAt.getMilliseconds()).not.toBe(0)
  })
})

describe('a schedule', () => {
  test('is its owner’s alone; an admin sees it, and what they do is written down', async () => {
    const [owner, other, admin] = await Promise.all([
      createApiUser(),
      createApiUser(),
      createApiUser('ADMIN'),
    ])
    const { id } = (await create(owner, morning)).body.schedule
    expect((await callApi(`GET /api/v1/schedules/${id}`, other)).status).toBe(404)
    expect((await change(other, id, { enabled: false })).status).toBe(404)
    expect((await runNow(other, id)).status).toBe(404)
    expect(await remove(other, id)).toBe(404)
    expect((await all(other)).data).toEqual([])
    expect((await callApi(`GET /api/v1/schedules/${id}`)).status).toBe(401)

    expect((await change(admin, id, { enabled: false })).status).toBe(200)
    const { body } = await runNow(admin, id)
    const job = await prisma().job.findUniqueOrThrow({ where: { id: body.job.id } })
    expect(job.ownerId).toBe(owner.userId)
    expect(await remove(admin, id)).toBe(204)
    const entries = await prisma().auditEntry.findMany({
      where: { actorId: admin.userId },
      orderBy: { id: 'asc' },
    })
    expect(entries.map(({ action }) => action)).toEqual([
      'schedule.update',
      'schedule.run',
      'schedule.delete',
    ])
    expect(await prisma().job.count({ where: { scheduleId: id } })).toBe(1)
  })

  test('is listed newest first, page by page', async () => {
    const user = await createApiUser()
    const made: string[] = []
    for (const name of ['a', 'b', 'c']) {
      made.unshift((await create(user, { ...morning, name })).body.schedule.id)
    }
    const first = await all(user, '?limit=2')
    const second = await all(user, `?limit=2&cursor=${first.nextCursor}`)
    const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id)
    expect(ids).toEqual(made)
    expect(second.nextCursor).toBeNull()
  })
})

describe('schedules of the system', () => {
  async function systemOnes() {
    await Promise.all([ensureSystemSchedules(), ensureSystemSchedules()])
    await ensureSystemSchedules()
    return prisma().schedule.findMany({
      where: { systemKey: { not: null } },
      orderBy: { systemKey: 'asc' },
    })
  }

  test('are there once, whoever starts, with their times', async () => {
    expect(await systemOnes()).toMatchObject([
      { systemKey: 'digest', cron: '0 9 * * 1', timezone: 'UTC', input: { task: 'digest' } },
      { systemKey: 'retention', cron: '0 0 * * *', timezone: 'UTC', input: { task: 'retention' } },
      { systemKey: 'rollup', cron: '0 * * * *', timezone: 'UTC', input: { task: 'rollup' } },
    ])
  })

  test('are seen by admins only, who may pause and move them, and no more', async () => {
    const [system] = await systemOnes()
    const id = system?.id ?? ''
    const [user, admin] = await Promise.all([createApiUser(), createApiUser('ADMIN')])
    expect((await callApi(`GET /api/v1/schedules/${id}`, user)).status).toBe(404)
    expect((await all(admin)).data.map((one: { id: string }) => one.id)).toContain(id)

    const moved = await change(admin, id, { enabled: false, cron: '0 10 * * 1' })
    expect([moved.status, moved.body.schedule.system]).toEqual([200, true])
    await ensureSystemSchedules()
    expect(await prisma().schedule.findUnique({ where: { id } })).toMatchObject({
      enabled: false,
      cron: '0 10 * * 1',
    })
    expect((await change(admin, id, { input: { task: 'retention' } })).status).toBe(409)
    expect(await remove(admin, id)).toBe(409)
    const { status, body } = await runNow(admin, id)
    expect([status, body.job.type, body.job.queue]).toEqual([202, 'maintenance', 'maintenance'])
  })

  test('have a job type that nobody else can use', async () => {
    const admin = await createApiUser('ADMIN')
    const body = { type: 'maintenance', input: { task: 'retention' } }
    const response = await callApi('POST /api/v1/jobs', admin, { body })
    expect(response.status).toBe(422)
    expect(fields(await response.json())).toEqual(['type'])
  })
})
