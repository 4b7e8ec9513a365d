import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { listErrors } from '@/app/_server/jobs/errors'
import { subscribe } from '@/app/_server/live/hub'
import { JobStatus } from '@/lib/db/generated/enums'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { listJobs, listNewerJobs } from '@/lib/jobs/lists/list'
import { LISTED_BYTES } from '@/lib/jobs/lists/listed'
import type { JobView } from '@/lib/jobs/view'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { readEvents } from '@/test/support/event-reader'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord } from '@/test/support/owner'

ownDatabase()

/** Compresses to a hundredth; what follows does not. */
const wordy = 'ab'.repeat(LISTED_BYTES)
const random = randomBytes(LISTED_BYTES).toString('hex')

let ann: ApiUser
let ids: { short: string; wordy: string; random: string; input: string }
beforeAll(async () => {
  ann = await createApiUser()
  const record = async (input: object, result: object) => {
    const id = await createJobRecord(ann.userId, 'email', input, 'COMPLETED')
    await prisma().job.update({ where: { id }, data: { result } })
    return id
  }
  ids = {
    short: await record({ to: 'a' }, { sent: 1 }),
    wordy: await record({ to: 'b' }, { text: wordy }),
    random: await record({ to: 'c' }, { text: random }),
    input: await record({ text: wordy }, { sent: 4 }),
  }
})

const viewer = () => ({ userId: ann.userId, role: 'USER' }) as const

describe('a list of jobs', () => {
  const page = async (query: string): Promise<JobView[]> => {
    const response = await callApi(`GET /api/v1/jobs${query}`, ann)
    return (await response.json()).data.toReversed()
  }

  it('shows inputs and results up to 16 kB, and names what it leaves out [C5.5]', async () => {
    const jobs = await page('')
    expect(jobs.map(({ id, input, result, omitted }) => ({ id, input, result, omitted }))).toEqual([
      { id: ids.short, input: { to: 'a' }, result: { sent: 1 }, omitted: undefined },
      { id: ids.wordy, input: { to: 'b' }, result: null, omitted: ['result'] },
      { id: ids.random, input: { to: 'c' }, result: null, omitted: ['result'] },
      { id: ids.input, input: null, result: { sent: 4 }, omitted: ['input'] },
    ])
  })

  it('shows none of them where they are not asked for [C5.5]', async () => {
    for (const { input, result, omitted } of await page('?summary=true')) {
      expect([input, result, omitted]).toEqual([null, null, ['input', 'result']])
    }
  })

  it('reads none of them for the console, by whichever way it finds the jobs [C5.5]', async () => {
    const ways = [
      {},
      { q: 'email' },
      { tag: 'x' },
      { queue: 'email' },
      { status: [JobStatus.COMPLETED] },
    ]
    const found = await Promise.all([
      ...ways.map((filter) => listJobs(viewer(), filter, { limit: 10 })),
      listNewerJobs(viewer(), {}, { limit: 10, newerThan: ids.short }),
    ])
    const rows = found.flatMap(({ data }) => data)
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      expect(row).not.toHaveProperty('input')
      expect(row).not.toHaveProperty('result')
    }
    expect((await listErrors(viewer(), { limit: 10 })).data).toEqual([])
  })
})

/** Tells open pages that a job changed, as a worker does. */
async function changed(id: string): Promise<void> {
  await pool().query(`SELECT pg_notify('millrace_jobs', $1)`, [id])
}

describe('what open pages hear of', () => {
  it('is read without inputs and results [C5.5]', async () => {
    const heard: object[] = []
    const stop = subscribe({ onChanges: (jobs) => heard.push(...jobs), onGap: () => undefined })
    await vi.waitFor(async () => {
      await changed(ids.random)
      expect(heard).not.toEqual([])
    })
    stop()
    expect(heard[0]).toMatchObject({ id: ids.random, status: 'COMPLETED' })
    expect(heard[0]).not.toHaveProperty('input')
    expect(heard[0]).not.toHaveProperty('result')
  })

  it('is not read once more for the page of the job: progress costs a look at its log [C5.5]', async () => {
    const id = await createJobRecord(ann.userId, 'email', { to: 'd' })
    const events = readEvents(await callApi(`GET /api/v1/jobs/${id}/events`, ann))
    const progress = async (percent: number) => {
      await prisma().job.update({ where: { id }, data: { progress: { percent } } })
      await changed(id)
      await events.until(({ event, data }) => {
        const job: Partial<JobView> = Object(data)
        return event === 'job' && job.progress?.percent === percent
      })
    }
    await vi.waitFor(() => progress(1), 10_000)
    const query = vi.spyOn(pool(), 'query')
    await progress(2)
    const asked = query.mock.calls.length
    query.mockRestore()
    // The update, its announcement, what the hub reads, and the log.
    expect(asked).toBeLessThanOrEqual(4)
    expect(events.events.at(-1)?.data).toMatchObject({ id, input: { to: 'd' } })

    const result = { sent: 5 }
    await prisma().job.update({ where: { id }, data: { status: 'COMPLETED', result } })
    await changed(id)
    await events.closed
    const told = events.events.filter(({ event }) => event === 'job')
    expect(told.at(-1)?.data).toMatchObject({ status: 'completed', input: { to: 'd' }, result })
  })
})
