import { beforeAll, describe, expect, test } from 'vitest'
import { listAskedFor } from '@/app/_server/jobs/asked-for'
import { deleteView, listViews, saveView } from '@/app/_server/jobs/saved-views'
import { createSchedule } from '@/app/_server/schedules/schedules'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import { find } from '@/app/(console)/find/find'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { listJobs, listNewerJobs } from '@/lib/jobs/lists/list'
import { email } from '@/lib/jobs/types/email'
import { EVENT_TAG } from '@/lib/webhooks/tags'
import { callApi, createApiUser } from '@/test/support/api'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()

let ann: Viewer
let bob: Viewer
let admin: Viewer

beforeAll(async () => {
  ann = await createViewer()
  bob = await createViewer()
  admin = await createViewer('ADMIN')
})

const idsOf = (jobs: { id: string }[]) => jobs.map(({ id }) => id)

describe('several statuses', () => {
  test('are asked for at once, newest first, page by page and back', async () => {
    const { userId } = ann
    const statuses = [
      'FAILED',
      'COMPLETED',
      'SCHEDULED',
      'FAILED',
      'CANCELED',
      'SCHEDULED',
    ] as const
    const made: string[] = []
    for (const status of statuses) made.push(await createJobRecord(userId, 'email', {}, status))
    const newest = made.filter((_, index) => !/COM|CAN/.test(statuses[index] ?? '')).reverse()
    const filter = { status: ['FAILED', 'SCHEDULED'] as ('FAILED' | 'SCHEDULED')[] }
    expect(idsOf((await listJobs(ann, filter, { limit: 9 })).data)).toEqual(newest)
    const first = await listJobs(ann, filter, { limit: 3 })
    expect(idsOf(first.data)).toEqual(newest.slice(0, 3))
    const cursor = first.nextCursor ?? ''
    const second = await listJobs(ann, filter, { limit: 3, cursor })
    expect({ ids: idsOf(second.data), next: second.nextCursor }).toEqual({
      ids: newest.slice(3),
      next: null,
    })
    const back = await listNewerJobs(ann, filter, { limit: 2, newerThan: newest[3] ?? '' })
    expect(idsOf(back.data)).toEqual(newest.slice(1, 3))
  })

  test('are written with commas in the API, in lists, exports and bulk actions', async () => {
    const user = await createApiUser()
    const wanted = await createJobRecord(user.userId, 'email', {}, 'FAILED')
    await createJobRecord(user.userId, 'email', {}, 'COMPLETED')
    const list = await callApi('GET /api/v1/jobs?status=failed,canceled', user)
    expect(idsOf((await list.json()).data)).toEqual([wanted])
    const csv = await (await callApi('GET /api/v1/jobs.csv?status=failed,canceled', user)).text()
    expect(csv.trimEnd().split('\r\n')).toHaveLength(2)
    const body = { action: 'retry', filter: { status: 'failed,canceled' } }
    const bulk = await callApi('POST /api/v1/jobs/actions', user, { body })
    expect((await bulk.json()).job.title).toBe('Retry all that match: failed or canceled')
    for (const status of ['failed,', 'failed,nothing', 'FAILED', ',']) {
      expect((await callApi(`GET /api/v1/jobs?status=${status}`, user)).status, status).toBe(422)
    }
  })
})

describe('the list of what people asked for', () => {
  test('leaves out deliveries of events, and counts them page by page', async () => {
    const viewer = await createViewer()
    const delivery = async () => {
      const id = await createJobRecord(viewer.userId, 'webhook', {}, 'COMPLETED')
      await prisma().job.update({ where: { id }, data: { tags: [EVENT_TAG] } })
      const facts = { type: 'webhook', tags: [EVENT_TAG] }
      await prisma().jobFacts.update({ where: { jobId: id }, data: facts })
    }
    const own = () => createJobRecord(viewer.userId, 'webhook', {}, 'COMPLETED')
    const oldest = await own()
    await delivery()
    await delivery()
    const newest = await own()
    await delivery()
    const first = await listAskedFor(viewer, {}, { limit: 1 })
    expect(first).toMatchObject({ data: [{ id: newest }], nextCursor: newest, folded: 1 })
    const second = await listAskedFor(viewer, {}, { limit: 1, cursor: newest })
    expect(second).toMatchObject({ data: [{ id: oldest }], nextCursor: null, folded: 2 })
    expect((await listJobs(viewer, {}, { limit: 9 })).data).toHaveLength(5)
  })
})

describe('saved views', () => {
  test('are one’s own, and a name stands for one filter', async () => {
    await saveView(ann, { name: ' Broken ', query: 'status=failed' })
    await saveView(ann, { name: 'Broken', query: 'status=failed&type=email' })
    await saveView(bob, { name: 'Broken', query: 'tag=x' })
    expect(await listViews(ann)).toMatchObject([
      { name: 'Broken', query: 'status=failed&type=email' },
    ])
    await deleteView(ann, 'Broken')
    expect(await listViews(ann)).toEqual([])
    expect(await listViews(bob)).toHaveLength(1)
  })

  test('need a name, and are no more than fit', async () => {
    await expect(saveView(ann, { name: ' ', query: '' })).rejects.toThrow('Give it a name')
    for (let count = 0; count < 20; count++) await saveView(ann, { name: `${count}`, query: 'q=a' })
    await expect(saveView(ann, { name: 'more', query: 'q=a' })).rejects.toThrow('20 are the most')
    await saveView(ann, { name: '3', query: 'q=b' })
    expect(await listViews(ann)).toHaveLength(20)
  })
})

describe('the palette finds', () => {
  const found = async (viewer: Viewer, text: string) =>
    (await find(viewer, text)).map(({ group, label }) => `${group}: ${label}`)

  test('jobs by text and by the beginning of their id, of their owner alone', async () => {
    const to = 'otter@example.com'
    const input = { to, template: 'notice' as const, subject: 'River' }
    const { id } = await submit(email, input, { ownerId: ann.userId, delayMs: 3600_000 })
    for (const text of ['otter@', id, id.slice(0, 20), id.replaceAll('-', '').slice(0, 24)]) {
      expect(await found(ann, text), text).toEqual([`Jobs: River → ${to}`])
      expect(await found(bob, text), text).toEqual([])
      expect(await found(admin, text), text).toEqual([`Jobs: River → ${to}`])
    }
  })

  test('schedules and endpoints by a part of their name', async () => {
    const input = { to: 'a@example.com', template: 'notice' } as const
    const schedule = { name: '50% heron', type: 'email', input, cron: '0 9 * * 1', timezone: 'UTC' }
    await createSchedule(ann, schedule)
    await createEndpoint(ann, { url: 'https://nest.example.com/', description: 'Heron shop' })
    expect(await found(ann, 'HERON')).toEqual(['Schedules: 50% heron', 'Endpoints: Heron shop'])
    expect(await found(ann, '50%')).toEqual(['Schedules: 50% heron'])
    expect(await found(ann, 'nest.exa')).toEqual(['Endpoints: Heron shop'])
    expect(await found(bob, 'heron')).toEqual([])
  })

  test('people, for admins alone', async () => {
    await prisma().user.update({ where: { id: bob.userId }, data: { name: 'Bob Kingfisher' } })
    expect(await found(admin, 'kingfi')).toEqual(['People: Bob Kingfisher'])
    expect(await found(ann, 'kingfi')).toEqual([])
  })

  test('nothing of what is too short, too long, or cannot be stored', async () => {
    for (const text of ['', 'ot', 'x'.repeat(300), 'ot\0ter'])
      expect(await find(ann, text)).toEqual([])
  })

  test('nothing for who is not signed in', async () => {
    const { GET } = await import('@/app/(console)/find/route')
    const request = new Request('http://localhost/find?q=otter')
    expect((await GET(request, { params: Promise.resolve({}) })).status).toBe(401)
  })
})
