import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Viewer } from '@/lib/access/viewer'
import { newSessionToken, sessionCookie } from '@/lib/auth/session-token'
import { closePool, pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueue } from '@/lib/jobs/enqueue'
import type { EnqueueOptions } from '@/lib/jobs/request'
import { closeQueues, queue } from '@/lib/queue/backend'
import { queueSettings } from '@/lib/queue/settings'
import { runBulkActions } from '@/test/support/bulk'
import { reaches } from '@/test/support/engine'
import { createViewer } from '@/test/support/owner'
import { forgetDispatch } from '@/test/support/pending-dispatch'
import { handlers } from '@/workers/handlers'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'
import { startSupervisor } from '@/workers/supervisor/supervisor'

const ORIGIN = 'http://localhost:3000'
const QUEUE = 'email'

type Route = typeof import('@/app/admin/queues/[[...path]]/route')

/** What Bull Board does to records, on whatever carries the queues. */
export function describeBoard(setUp: () => Promise<() => Promise<void>>): void {
  let tearDown: () => Promise<void>
  let admin: Viewer
  let route: Route
  beforeAll(async () => {
    tearDown = await setUp()
    admin = await createViewer('ADMIN')
    route = await import('@/app/admin/queues/[[...path]]/route')
  })
  afterAll(async () => {
    await closeQueues()
    await closePool()
    await tearDown()
  })
  /** Entries of the audit log cannot be deleted: those of this test have higher ids. */
  let since = ''
  beforeEach(() => {
    since = uuidv7()
  })

  async function ask(method: 'GET' | 'PUT' | 'POST' | 'PATCH', path: string, body?: unknown) {
    return askAs(admin, method, path, body)
  }

  async function askAs(viewer: Viewer | null, method: keyof Route, path: string, body?: unknown) {
    const headers = new Headers({
      host: 'localhost:3000',
      origin: ORIGIN,
      'x-forwarded-for': '192.0.2.9',
    })
    if (viewer) {
      const token = await newSessionToken({ id: viewer.userId, sessionVersion: 1 })
      headers.set('cookie', `${sessionCookie().name}=${token}`)
    }
    const request = new Request(`${ORIGIN}/admin/queues${path}`, {
      method,
      headers: { ...Object.fromEntries(headers), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return route[method](request, { params: Promise.resolve({}) })
  }

  /** A job of the queue, with its entry in it; the id. */
  async function add(options: Partial<EnqueueOptions> = {}): Promise<string> {
    const mail = { to: 'ann@example.com', template: 'notice', variables: { title: 'A', text: 'B' } }
    const { job } = await transaction((tx) =>
      enqueue(tx, catalog.email, catalog.email.input.parse(mail), { ownerId: null, ...options }),
    )
    await vi.waitFor(async () => {
      if (!(await (await queue(QUEUE)).getJob(job.id))) throw new Error('Not in the queue yet')
    })
    return job.id
  }

  const record = (id: string) => prisma().job.findUniqueOrThrow({ where: { id } })
  const entry = async (id: string) => (await queue(QUEUE)).getJob(id)

  async function audited(): Promise<{ action: string; target: string; by: string | null }[]> {
    const entries = await prisma().auditEntry.findMany({
      where: { id: { gt: since } },
      orderBy: { id: 'asc' },
    })
    return entries.map(({ action, targetId, actorId }) => ({
      action,
      target: targetId,
      by: actorId,
    }))
  }

  describe('without a worker', () => {
    afterEach(async () => {
      await (await queue(QUEUE)).drain(true)
      await pool().query('DELETE FROM "Job"')
    })

    test('shows each queue with its purpose, and leads from an entry to its record', async () => {
      const id = await add()
      const response = await ask(
        'GET',
        `/api/queues?activeQueue=${QUEUE}&status=latest&page=1&jobsPerPage=10`,
      )
      const { queues } = await response.json()
      const shown = queues.find(({ name }: { name: string }) => name === QUEUE)
      expect(shown.description).toBe(catalog.email.description)
      expect(shown.jobs).toMatchObject([{ id, externalUrl: { href: `/jobs/${id}` } }])
    })

    test('an entry removed there is a canceled job, and the audit log says who did it, also the admin’s own', async () => {
      const id = await add({ ownerId: admin.userId })
      expect((await ask('PUT', `/api/queues/${QUEUE}/${id}/clean`)).status).toBe(204)
      expect(await record(id)).toMatchObject({
        status: 'CANCELED',
        error: {
          code: 'removed',
          message: `Removed from the queue ${QUEUE} by an admin.`,
          byId: admin.userId,
        },
      })
      expect(await entry(id)).toBeUndefined()
      expect(await audited()).toEqual([{ action: 'job.cancel', target: id, by: admin.userId }])
    })

    test('a delayed entry promoted there is due in its record', async () => {
      const id = await add({ delayMs: 3600_000 })
      expect((await ask('PUT', `/api/queues/${QUEUE}/${id}/promote`)).status).toBe(204)
      const job = await record(id)
      expect(job.status).toBe('QUEUED')
      expect(job.runAt.getTime()).toBeLessThanOrEqual(Date.now())
      await vi.waitFor(async () => expect(await (await entry(id))?.isDelayed()).toBe(false))
      expect(await audited()).toMatchObject([{ action: 'job.promote', target: id }])
    })

    test('a delay and a priority changed there are changed in the record', async () => {
      const id = await add({ delayMs: 3600_000 })
      const runAt = Date.now() + 7200_000
      await ask('PATCH', `/api/queues/${QUEUE}/${id}/delay`, { runAt })
      await ask('PATCH', `/api/queues/${QUEUE}/${id}/priority`, { priority: 2 })
      const job = await record(id)
      expect(Math.abs(job.runAt.getTime() - runAt)).toBeLessThan(1_000)
      expect(job).toMatchObject({ status: 'SCHEDULED', priority: 2 })
      expect((await audited()).map(({ action }) => action)).toEqual([
        'job.reschedule',
        'job.priority',
      ])
    })

    test('what is done there says from where', async () => {
      await ask('PUT', `/api/queues/${QUEUE}/pause`)
      await ask('PUT', `/api/queues/${QUEUE}/resume`)
      const entries = await prisma().auditEntry.findMany({ where: { id: { gt: since } } })
      expect(entries.map(({ ip }) => ip)).toEqual(['192.0.2.9', '192.0.2.9'])
    })

    test('promoting all is a job of its own that makes every delayed job due [C5.8]', async () => {
      const ids = [await add({ delayMs: 3600_000 }), await add({ delayMs: 7200_000 })]
      await ask('PUT', `/api/queues/${QUEUE}/promote`)
      expect(await runBulkActions()).toMatchObject([{ action: 'promote', changed: 2 }])
      for (const id of ids) expect((await record(id)).status).toBe('QUEUED')
      await vi.waitFor(async () => {
        for (const id of ids) expect(await (await entry(id))?.isDelayed()).toBe(false)
      })
    })

    test('emptying the queue is a job that cancels what waits, and leaves what is planned [C5.8]', async () => {
      const waiting = [await add(), await add()]
      const planned = await add({ delayMs: 3600_000 })
      await ask('PUT', `/api/queues/${QUEUE}/empty`)
      expect(await runBulkActions()).toEqual([
        {
          action: 'cancel',
          filter: { queue: QUEUE, status: 'queued' },
          ...{ matched: 2, changed: 2, skipped: 0 },
        },
      ])
      for (const id of waiting) expect((await record(id)).status).toBe('CANCELED')
      expect((await record(planned)).status).toBe('SCHEDULED')
      expect(await audited()).toMatchObject([
        { action: 'jobs.cancel-all.ask', by: admin.userId },
        { action: 'jobs.cancel-all', by: admin.userId },
      ])
    })

    test('cleaning delayed entries cancels their jobs', async () => {
      const id = await add({ delayMs: 3600_000 })
      await pool().query(`UPDATE "Job" SET "createdAt" = now() - interval '1 minute'`)
      await ask('PUT', `/api/queues/${QUEUE}/clean/delayed`)
      await runBulkActions()
      expect((await record(id)).status).toBe('CANCELED')
    })

    test('obliterating a paused queue loses no record', async () => {
      const ids = [await add(), await add({ delayMs: 3600_000 })]
      expect((await ask('PUT', `/api/queues/${QUEUE}/obliterate`, {})).status).toBe(400)
      await ask('PUT', `/api/queues/${QUEUE}/pause`)
      expect((await ask('PUT', `/api/queues/${QUEUE}/obliterate`, {})).status).toBe(200)
      await ask('PUT', `/api/queues/${QUEUE}/resume`)
      await runBulkActions()
      for (const id of ids) expect((await record(id)).status).toBe('CANCELED')
    })

    test('a job added there has a record of the admin, checked by its definition', async () => {
      const input = {
        to: 'bob@example.com',
        template: 'notice',
        variables: { title: 'A', text: 'B' },
      }
      const added = await ask('POST', `/api/queues/${QUEUE}/add`, {
        name: 'email',
        data: input,
        options: {},
      })
      expect(added.status).toBe(200)
      const { job } = await added.json()
      expect(await record(job.id)).toMatchObject({ ownerId: admin.userId, status: 'QUEUED' })
      const refused = await ask('POST', `/api/queues/${QUEUE}/add`, {
        name: 'email',
        data: { to: 1 },
        options: {},
      })
      expect(refused.status).toBe(400)
    })

    test('what an entry says cannot be changed apart from its record', async () => {
      const id = await add()
      const response = await ask('PATCH', `/api/queues/${QUEUE}/${id}/update-data`, {
        jobData: { id: 'x' },
      })
      expect(response.status).toBe(409)
      expect((await entry(id))?.data).toEqual({ id })
    })

    test('pausing, concurrency and rate limit are settings that PostgreSQL keeps', async () => {
      await ask('PUT', `/api/queues/${QUEUE}/pause`)
      await ask('PUT', `/api/queues/${QUEUE}/concurrency`, { concurrency: 3 })
      await ask('PUT', `/api/queues/${QUEUE}/rate-limit`, { max: 7, duration: 1_000 })
      const settings = await queueSettings(QUEUE)
      expect(settings).toMatchObject({ concurrency: 3, rateLimit: { max: 7, durationMs: 1_000 } })
      expect(settings.pausedAt).not.toBeNull()
      await ask('PUT', `/api/queues/${QUEUE}/resume`)
      await ask('PUT', `/api/queues/${QUEUE}/concurrency`, { concurrency: 0 })
      await ask('PUT', `/api/queues/${QUEUE}/rate-limit`, { max: null })
      expect(await queueSettings(QUEUE)).toEqual({
        pausedAt: null,
        concurrency: null,
        rateLimit: null,
      })
      expect((await audited()).map(({ action }) => action)).toEqual([
        'queue.pause',
        'queue.concurrency',
        'queue.rate-limit',
        'queue.resume',
        'queue.concurrency',
        'queue.rate-limit',
      ])
    })

    test('nobody but an admin gets anything', async () => {
      const user = await createViewer()
      const id = await add()
      for (const viewer of [user, null]) {
        for (const path of ['', '/queue/email', '/api/queues', '/static/favicon.ico']) {
          await expect(askAs(viewer, 'GET', path)).rejects.toThrow(/404/)
        }
        await expect(askAs(viewer, 'PUT', `/api/queues/${QUEUE}/${id}/clean`)).rejects.toThrow(
          /404/,
        )
      }
      expect((await record(id)).status).toBe('QUEUED')
      expect(await audited()).toEqual([])
    })

    test('a write from another site is refused', async () => {
      const id = await add()
      const token = await newSessionToken({ id: admin.userId, sessionVersion: 1 })
      const request = new Request(`${ORIGIN}/admin/queues/api/queues/${QUEUE}/${id}/clean`, {
        method: 'PUT',
        headers: { cookie: `${sessionCookie().name}=${token}`, origin: 'https://evil.example' },
      })
      const response = await route.PUT(request, { params: Promise.resolve({}) })
      expect(response.status).toBe(403)
      expect((await record(id)).status).toBe('QUEUED')
    })

    test('the page runs under a policy with nonces', async () => {
      const html = await (await ask('GET', '')).text()
      expect(html).toContain('__UI_CONFIG__')
      expect(html).not.toContain('https://fonts')
      expect(html).not.toMatch(/<base/)
    })
  })

  describe('with a worker', () => {
    let worker: Awaited<ReturnType<typeof startWorker>>
    let supervisor: ReturnType<typeof startSupervisor>
    let fails = true
    const mail = async () => {
      if (fails) throw new Error('The receiver is away.')
      return { messageId: '<1@example.com>', delivery: 'outbox' }
    }
    const jobs = [
      { definition: catalog.email, load: async () => mail },
      {
        definition: catalog.webhook,
        load: async () => async () => ({ status: 200, durationMs: 1 }),
      },
      ...catalogJobs(handlers).filter(({ definition }) => definition.type === 'bulk-action'),
    ]
    beforeAll(async () => {
      worker = await startWorker({ jobs, version: 'test' })
      supervisor = startSupervisor([QUEUE, catalog.webhook.queue, catalog['bulk-action'].queue])
    })

    /** The worker has come to a job of another queue that was added after those before. */
    async function workerHasLooked(): Promise<void> {
      const input = { url: 'https://example.com/hook', event: 'order.created', payload: {} }
      const { job } = await transaction((tx) =>
        enqueue(tx, catalog.webhook, input, { ownerId: null }),
      )
      await reaches(job.id, 'COMPLETED')
    }
    afterAll(async () => {
      await worker.stop(1_000)
      await supervisor.stop()
    })

    async function addFailing(): Promise<string> {
      const mail = catalog.email.input.parse({
        to: 'ann@example.com',
        template: 'notice',
        variables: { title: 'A', text: 'B' },
      })
      const definition = { ...catalog.email, attempts: 1 }
      const { job } = await transaction((tx) => enqueue(tx, definition, mail, { ownerId: null }))
      await reaches(job.id, 'FAILED')
      await vi.waitFor(async () => expect(await (await entry(job.id))?.isFailed()).toBe(true))
      return job.id
    }

    test('a failed entry retried there runs again in its record', async () => {
      fails = true
      const id = await addFailing()
      expect((await ask('PUT', `/api/queues/${QUEUE}/${id}/retry`)).status).toBe(204)
      await vi.waitFor(async () => expect((await record(id)).attempt).toBe(2), { timeout: 10_000 })
      expect(await audited()).toEqual([{ action: 'job.retry', target: id, by: admin.userId }])
    })

    test('retrying all failed there runs each of them again', async () => {
      fails = true
      const ids = [await addFailing(), await addFailing()]
      const before = await Promise.all(ids.map(record))
      const response = await ask('PUT', `/api/queues/${QUEUE}/retry/failed`)
      expect((await response.json()).retried).toBeGreaterThanOrEqual(2)
      await vi.waitFor(
        async () => {
          for (const { id, attempt } of before) {
            expect((await record(id)).attempt).toBe(attempt + 1)
          }
        },
        { timeout: 10_000 },
      )
      await vi.waitFor(async () =>
        expect(await audited()).toMatchObject([
          { action: 'jobs.retry-all.ask', by: admin.userId },
          { action: 'jobs.retry-all', by: admin.userId },
        ]),
      )
    })

    test('cleaning failed entries keeps their records', async () => {
      fails = true
      const id = await addFailing()
      await ask('PUT', `/api/queues/${QUEUE}/${id}/clean`)
      expect(await entry(id)).toBeUndefined()
      expect((await record(id)).status).toBe('FAILED')
      expect(await audited()).toMatchObject([{ action: 'job.remove-entry', target: id }])
    })

    test('a paused queue starts nothing, whatever happens to the queue, until it is resumed', async () => {
      fails = false
      await ask('PUT', `/api/queues/${QUEUE}/pause`)
      const ids = await Promise.all(Array.from({ length: 5 }, () => add()))
      await (await queue(QUEUE)).obliterate({ force: true })
      await (await queue(QUEUE)).resume()
      await forgetDispatch(ids)
      await Promise.all(
        ids.map((id) => expect.poll(() => entry(id), { timeout: 15_000 }).toBeDefined()),
      )
      await workerHasLooked()
      for (const id of ids) expect((await record(id)).status).toBe('QUEUED')
      await ask('PUT', `/api/queues/${QUEUE}/resume`)
      for (const id of ids) await reaches(id, 'COMPLETED')
    })

    test('a worker that starts while its queue is paused starts nothing', async () => {
      await ask('PUT', `/api/queues/${QUEUE}/pause`)
      await worker.stop(1_000)
      worker = await startWorker({ jobs, version: 'test' })
      const id = await add()
      await workerHasLooked()
      expect((await record(id)).status).toBe('QUEUED')
      await ask('PUT', `/api/queues/${QUEUE}/resume`)
      await reaches(id, 'COMPLETED')
    })
  })
}
