import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type App, createApp } from '@/test/support/app'
import {
  axeFindings,
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'
import { createDatabase, type TestDatabase } from '@/test/support/postgres'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { startRedis, type TestRedis } from '@/test/support/redis'
import { OWNER, setUpOwner } from '@/test/support/set-up'

/** The admin's side, with every kind of address that a person could try. */
const ADDRESSES = [
  '/admin',
  '/admin/queue/webhooks',
  '/admin/queues',
  '/admin/queues/',
  '/admin/queues/queue/webhooks',
  '/admin/queues/api/queues',
  '/admin/queues/api/queues/webhooks/metrics',
  '/admin/queues/static/favicon.ico',
  '/Admin/queues',
]

describe.each(['PostgreSQL', 'Redis'])('the admin’s side, queues in %s', (backend) => {
  let app: App
  let database: TestDatabase
  let client: pg.Client
  let redis: TestRedis | undefined
  let receiver: Receiver
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  const jobs: string[] = []

  beforeAll(async () => {
    if (backend === 'Redis') redis = await startRedis()
    receiver = await startReceiver()
    database = await createDatabase()
    client = new pg.Client(database.url)
    await client.connect()
    app = await createApp({
      DATABASE_URL: database.url,
      AUTH_SECRET: 'a secret of this test, long enough to be one',
      WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
      SIGN_UP: 'open',
      ...(redis ? { REDIS_URL: redis.url } : {}),
    })
    await app.start()
    browser = await openBrowser()
    context = await browser.newContext({ baseURL: app.url })
    page = await context.newPage()
    complaints = complaintsOf(page)
    await setUpOwner(page)
  }, 240_000)

  afterAll(async () => {
    await browser?.close()
    await app?.remove()
    await client?.end()
    await redis?.stop()
    await receiver?.close()
    await database?.drop()
  })

  const headers = () => ({ origin: app.url })

  async function submitWebhook(): Promise<string> {
    const response = await context.request.post('/api/v1/jobs', {
      headers: headers(),
      data: { type: 'webhook', input: { url: receiver.url, event: 'order.created', payload: {} } },
    })
    expect(response.status()).toBe(202)
    return (await response.json()).job.id
  }

  async function becomes(id: string, status: string): Promise<void> {
    await vi.waitFor(
      async () => {
        const { job } = await (await context.request.get(`/api/v1/jobs/${id}`)).json()
        expect(job.status).toBe(status)
      },
      { timeout: 20_000, interval: 100 },
    )
  }

  async function audited(): Promise<{ action: string; target: string; email: string }[]> {
    const { rows } = await client.query(
      `SELECT action, "targetId" AS target, email FROM "AuditEntry"
       JOIN "User" ON "User".id = "actorId" ORDER BY "AuditEntry".id`,
    )
    return rows
  }

  /** Bull Board names its buttons only to those who point at them. */
  async function buttonThatSays(word: string) {
    await page.locator('main li button').first().waitFor()
    for (const button of await page.locator('main button:has(svg)').all()) {
      await button.hover()
      const said = page.getByText(word, { exact: true }).waitFor({ timeout: 2_000 })
      if (await said.then(() => true).catch(() => false)) return button
    }
    throw new Error(`No button says ${word}`)
  }

  const row = () => page.getByRole('row').filter({ hasText: 'webhooks' })

  test('shows a queue whose jobs fail', async () => {
    receiver.behaviour = { status: 400 }
    for (let count = 0; count < 3; count++) jobs.push(await submitWebhook())
    for (const id of jobs) await becomes(id, 'failed')
    await page.goto('/')
    await page.getByRole('link', { name: 'Admin' }).click()
    await page.getByRole('heading', { name: 'Admin overview' }).waitFor()
    // Roll-ups follow within ten seconds, and the page by itself.
    await row().getByRole('link', { name: '3', exact: true }).waitFor({ timeout: 40_000 })
    await row().getByText('Failing · 100 %').waitFor()
    await row().getByRole('link', { name: 'The receiver answered 400' }).click()
    await page.getByText('Error:').waitFor()
    await page
      .getByRole('link', { name: /order\.created/ })
      .nth(2)
      .waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: /PostgreSQL/ }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })

  test('a job retried in Bull Board runs again, and the audit log says by whom', async () => {
    receiver.behaviour = { status: 200 }
    const id = jobs[0] ?? ''
    await page.getByRole('link', { name: 'Open in Bull Board' }).click()
    await page.getByRole('link', { name: 'webhooks' }).first().click()
    await page.getByText('Sends an event to an endpoint or a URL.').first().waitFor()
    await page.getByText(id).first().waitFor()
    await page.goto(`/admin/queues/queue/webhooks/${id}`)
    await (await buttonThatSays('Retry')).click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await becomes(id, 'completed')
    expect(await audited()).toEqual([{ action: 'job.retry', target: id, email: 'ann@example.com' }])
    await page.goto(`/admin/queues/queue/webhooks/${id}`)
    await page.getByRole('link', { name: 'Record' }).first().waitFor()
    expect(await page.locator(`a[href="/jobs/${id}"]`).count()).toBeGreaterThan(0)
  })

  test('Bull Board is framed in the application, and follows its colours', async () => {
    await page.goto('/admin/queues')
    const bar = page.getByRole('navigation', { name: 'Admin' })
    await bar.waitFor()
    const darkness = () => page.evaluate(() => document.body.classList.contains('dark-mode'))
    await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'dark'))
    await page.reload()
    await page.getByText('image-processing').first().waitFor()
    expect(await darkness()).toBe(true)
    await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'))
    await page.reload()
    await page.getByText('image-processing').first().waitFor()
    expect(await darkness()).toBe(false)
    await page.evaluate(() => localStorage.removeItem('mantine-color-scheme-value'))
    for (const name of ['Pauses', 'Alerts', 'Users', 'Audit log', 'Retention']) {
      await bar.getByRole('link', { name }).waitFor()
    }
    await bar.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { name: 'Admin overview' }).waitFor()
  })

  test('axe finds nothing in Bull Board, and no logo of Redis is there without Redis', async () => {
    for (const address of ['/admin/queues', '/admin/queues/queue/webhooks']) {
      for (const scheme of ['light', 'dark']) {
        await page.goto(address)
        await page.evaluate((name) => {
          localStorage.setItem('mantine-color-scheme-value', name)
        }, scheme)
        await page.reload()
        await page.getByRole('button', { name: 'Settings' }).waitFor()
        await page.getByText('webhooks').first().waitFor()
        await vi.waitFor(async () => expect(await axeFindings(page)).toEqual([]), 15_000)
        const logo = page.getByRole('button', { name: 'Redis' })
        expect(await logo.count()).toBe(redis ? 1 : 0)
      }
    }
    await page.evaluate(() => localStorage.removeItem('mantine-color-scheme-value'))
  })

  test('a paused queue says so and starts nothing, and all that failed run again', async () => {
    await page.goto('/admin/queue/webhooks')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: 'Retry 2 failed jobs' }).click()
    await page.getByRole('heading', { name: 'Retry 2 jobs?' }).waitFor()
    await page.getByRole('button', { name: 'Retry 2 jobs' }).click()
    // A job does it, and its page says what it did.
    await page.getByText('jobs that matched run again.').waitFor()
    await page.goto('/admin')
    await row().getByText('Paused').waitFor()
    await row().getByText('2 waiting').waitFor()
    await page.goto('/admin/queue/webhooks')
    await page.getByRole('button', { name: 'Resume' }).click()
    for (const id of jobs) await becomes(id, 'completed')
    expect((await audited()).slice(1).map(({ action }) => action)).toEqual([
      'queue.pause',
      'jobs.retry-all.ask',
      'jobs.retry-all',
      'queue.resume',
    ])
  })

  test('settings of a queue are changed, and refused where they make no sense', async () => {
    await page.goto('/admin/queue/webhooks')
    const concurrency = page.getByLabel('Jobs one worker runs at once')
    await concurrency.fill('many')
    await page.getByRole('button', { name: 'Save concurrency' }).click()
    await page.getByText('Expected a whole number from 1 to 1000').waitFor()
    await concurrency.fill('7')
    await page.getByRole('button', { name: 'Save concurrency' }).click()
    await vi.waitFor(
      async () => {
        const { rows } = await client.query('SELECT concurrency FROM "QueueSetting"')
        expect(rows).toEqual([{ concurrency: 7 }])
      },
      { timeout: 15_000 },
    )
  })

  test('a worker is drained and goes on', async () => {
    await page.goto('/admin')
    const drain = page.getByRole('button', { name: 'Drain', exact: true })
    await drain.click()
    await page.getByText('It is the last worker: nothing will run').waitFor()
    await page.getByRole('button', { name: 'Drain worker' }).click()
    await page.getByRole('button', { name: 'Take jobs again' }).click()
    await drain.waitFor()
  })

  test('to everyone else none of it exists', async () => {
    const anonymous = await browser.newContext({ baseURL: app.url })
    const user = await browser.newContext({ baseURL: app.url })
    const signUp = await user.request.post('/api/users', {
      headers: headers(),
      data: { email: 'uma@example.com', password: OWNER.password, name: 'Uma' },
    })
    expect(signUp.ok()).toBe(true)
    const theirs = await user.newPage()
    await theirs.goto('/sign-in')
    await theirs.getByLabel('Email').fill('uma@example.com')
    await theirs.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await theirs.getByRole('button', { name: 'Sign in', exact: true }).click()
    await theirs.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(await theirs.getByRole('link', { name: 'Admin' }).count()).toBe(0)

    const seen = (text: string) => /<main.*<\/main>/s.exec(text)?.[0]
    for (const other of [anonymous, user]) {
      const missing = await other.request.get('/nowhere')
      for (const address of ADDRESSES) {
        const answer = await other.request.get(address)
        expect(answer.status(), address).toBe(404)
        expect(seen(await answer.text()), address).toBe(seen(await missing.text()))
        expect(Object.keys(answer.headers()).sort()).toEqual(Object.keys(missing.headers()).sort())
      }
      const write = await other.request.put('/admin/queues/api/queues/webhooks/pause', {
        headers: headers(),
      })
      expect(write.status()).toBe(404)
    }
    await anonymous.close()
    await user.close()
    const { rows } = await client.query('SELECT "pausedAt" FROM "QueueSetting"')
    expect(rows).toEqual([{ pausedAt: null }])
  })

  test('no page complained', () => {
    expect(complaints).toEqual([])
  })
})
