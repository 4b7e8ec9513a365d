import { describe, expect, test } from 'vitest'
import { submitJob } from '@/app/_server/jobs/submit'
import { prisma } from '@/lib/db/prisma'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { readEvents, type ServerEvent } from '@/test/support/event-reader'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord } from '@/test/support/owner'

ownDatabase()

const viewer = ({ userId }: ApiUser) => ({ userId, role: 'USER' as const })
const mail = { to: 'ann@example.com', template: 'notice' } as const

const of =
  (event: string, id: string, status?: string) =>
  (sent: ServerEvent): boolean => {
    const data: { id?: string; status?: string } = Object(sent.data)
    return sent.event === event && data.id === id && (!status || data.status === status)
  }

async function stream(user: ApiUser, query = '') {
  const response = await callApi(`GET /api/v1/live${query}`, user)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  return readEvents(response)
}

describe('GET /api/v1/jobs/:id/events', () => {
  test('tells the job as it is, each change, and ends with it', async () => {
    const user = await createApiUser()
    const { job } = await submitJob(viewer(user), { type: 'email', input: mail, delayMs: 60_000 })
    const events = readEvents(await callApi(`GET /api/v1/jobs/${job.id}/events`, user))
    await events.until(of('job', job.id, 'scheduled'))
    await cancelJob(viewer(user), job.id)
    await events.until(of('job', job.id, 'canceled'))
    await events.closed
    expect(events.events.at(-1)).toMatchObject({ event: 'end', data: { status: 'canceled' } })
  })

  test('goes on after the last line that was seen', async () => {
    const user = await createApiUser()
    const id = await createJobRecord(user.userId, 'email', mail, 'COMPLETED')
    const lines = ['one', 'two', 'three'].map((message) => ({ jobId: id, attempt: 1, message }))
    await prisma().jobLog.createMany({ data: lines })
    const read = async (headers: Record<string, string>) => {
      const events = readEvents(await callApi(`GET /api/v1/jobs/${id}/events`, user, { headers }))
      await events.closed
      return events.events.filter(({ event }) => event === 'log')
    }
    const all = await read({})
    expect(all.map(({ data }) => data)).toMatchObject([
      { message: 'one' },
      { message: 'two' },
      { message: 'three' },
    ])
    const rest = await read({ 'last-event-id': all[1]?.id ?? '' })
    expect(rest.map(({ data }) => data)).toMatchObject([{ message: 'three' }])
    expect(await read({ 'last-event-id': 'x' })).toHaveLength(3)
  })

  test('says so when the job is deleted', async () => {
    const user = await createApiUser()
    const { job } = await submitJob(viewer(user), { type: 'email', input: mail, delayMs: 60_000 })
    const events = readEvents(await callApi(`GET /api/v1/jobs/${job.id}/events`, user))
    await events.until(of('job', job.id))
    await prisma().job.delete({ where: { id: job.id } })
    const other = await submitJob(viewer(user), { type: 'email', input: mail, delayMs: 60_000 })
    await prisma().$executeRaw`SELECT pg_notify('millrace_jobs', ${job.id})`
    await events.until(of('gone', job.id))
    await events.closed
    await cancelJob(viewer(user), other.job.id)
  })
})

/** A change that came before the server listened to PostgreSQL shows as a gap instead. */
async function listening(events: ReturnType<typeof readEvents>, user: ApiUser): Promise<void> {
  const { job } = await submitJob(viewer(user), { type: 'email', input: mail, delayMs: 60_000 })
  const told = of('job', job.id)
  await events.until((event) => event.event === 'gap' || told(event))
}

describe('GET /api/v1/live', () => {
  test('tells each change of the caller’s jobs, and of nobody else’s', async () => {
    const [ann, bob] = [await createApiUser(), await createApiUser()]
    const [hers, his] = [await stream(ann), await stream(bob)]
    await listening(hers, ann)
    const job = await submitJob(viewer(ann), { type: 'email', input: mail, delayMs: 60_000 })
    const { id } = job.job
    await hers.until(of('job', id, 'scheduled'))
    await cancelJob(viewer(ann), id)
    await hers.until(of('job', id, 'canceled'))
    await removeJob(viewer(ann), id)
    await Promise.all([hers.until(of('gone', id)), his.until(of('gone', id))])
    expect(his.events.map(({ event }) => event)).not.toContain('job')
    expect(JSON.stringify(hers.events)).not.toContain('"input"')
    await Promise.all([hers.close(), his.close()])
  })

  test('tells an admin of everybody’s, but nobody else', async () => {
    const [ann, admin] = [await createApiUser(), await createApiUser('ADMIN')]
    expect((await callApi('GET /api/v1/live?scope=all', ann)).status).toBe(403)
    const all = await stream(admin, '?scope=all')
    await listening(all, ann)
    const { job } = await submitJob(viewer(ann), { type: 'email', input: mail, delayMs: 60_000 })
    await all.until(of('job', job.id))
    await all.close()
  })

  test('is refused with 429 to who opens too many, and free again when they close', async () => {
    const user = await createApiUser()
    const open = await Promise.all(Array.from({ length: 30 }, () => stream(user)))
    const refused = await callApi('GET /api/v1/live', user)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    await Promise.all(open.map((events) => events.close()))
    await (await stream(user)).close()
  })
})
