import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { keyOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { openBrowser } from '@/test/support/browser'
import { type Collector, startCollector } from '@/test/support/collector'
import { reaches } from '@/test/support/engine'
import { type Received, type Receiver, startReceiver } from '@/test/support/receiver'
import { startRedis, type TestRedis } from '@/test/support/redis'
import { type MailServer, startMailServer } from '@/test/support/smtp'
import { dumpDatabase, dumpRedis, findSecrets } from './sinks'

/**
 * Sends marked secrets through every path there is, those that fail too, and then looks for them in
 * all that was written: logs, traces, metrics, queues, records and pages.
 */
export function secretsSuite(backend: 'Redis' | 'PostgreSQL'): void {
  const secrets: Record<string, string> = {
    password: 'Marked-Password-7b1f',
    'wrong password': 'Marked-Wrong-Password-22aa',
    'short password': 'Mk-5x',
    'new password': 'Marked-New-Password-88cd',
    'header of a webhook': 'marked-header-9c3d',
    'bearer of a webhook': 'marked-bearer-5e1d',
    'password of SMTP_URL': 'marked/smtp@1a2b',
    'password of REDIS_URL': 'marked/redis@77f0',
    METRICS_TOKEN: 'marked-metrics-token-31e5',
    AUTH_SECRET: `${process.env.AUTH_SECRET}`,
  }
  const secret = (name: string) => secrets[name] ?? ''
  const email = 'ann@example.com'

  let redis: TestRedis | undefined
  let mailServer: MailServer
  let receiver: Receiver
  let collector: Collector
  let browser: Browser
  let page: Page
  let user: ApiUser
  const jobs: string[] = []

  const app = apiApp({
    queues: ['email', 'webhooks'],
    env: async () => {
      mailServer = await startMailServer(secret('password of SMTP_URL'))
      receiver = await startReceiver()
      collector = await startCollector()
      if (backend === 'Redis') {
        redis = await startRedis({ password: secret('password of REDIS_URL') })
      }
      return {
        ...(redis ? { REDIS_URL: redis.url } : {}),
        SMTP_URL: mailServer.url,
        METRICS_TOKEN: secret('METRICS_TOKEN'),
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
        LOG_LEVEL: 'trace',
      }
    },
  })

  beforeAll(async () => {
    secrets['password of DATABASE_URL'] = new URL(`${process.env.DATABASE_URL}`).password
    user = await createApiUser('ADMIN')
    secrets['API key'] = user.key
    browser = await openBrowser()
    page = await (await browser.newContext({ baseURL: app.url() })).newPage()
  })
  afterAll(async () => {
    await browser.close()
    await Promise.all([mailServer, receiver, collector].map((server) => server.close()))
    await redis?.stop()
  })

  const call = (method: string, path: string, body?: unknown, headers = {}) =>
    app.call(method, path, { ...keyOf(user), ...headers }, body)

  async function submit(type: string, input: unknown): Promise<string> {
    const { job } = await (await call('POST', '/api/v1/jobs', { type, input })).json()
    jobs.push(`${job.id}`)
    return `${job.id}`
  }

  const nothingIn = (text: string, except: string[] = []) => {
    const wanted = Object.entries(secrets).filter(([name]) => !except.includes(name))
    expect(findSecrets(text, Object.fromEntries(wanted))).toEqual([])
  }

  /** Does `work` while the table has another name: what needs it fails. */
  async function without(table: string, work: () => Promise<unknown>): Promise<void> {
    await pool().query(`ALTER TABLE "${table}" RENAME TO "${table}_away"`)
    try {
      await work()
    } finally {
      await pool().query(`ALTER TABLE "${table}_away" RENAME TO "${table}"`)
    }
  }

  async function typeSignIn(password: string): Promise<void> {
    await page.goto('/sign-in')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
  }

  const press = (name: string) => page.getByRole('button', { name }).click()

  test('mail through a server that repeats the password', async () => {
    const password = secret('password of SMTP_URL')
    // Before any mail was sent: a connection that has signed in is kept for the next one.
    mailServer.refusal = { at: 'sign-in', code: 535, message: `No ${password} for millrace` }
    const id = await submit('email', { to: email, template: 'notice' })
    await reaches(id, 'RETRYING')
    mailServer.refusal = undefined
    const { error } = await prisma().attempt.findFirstOrThrow({ where: { jobId: id } })
    expect(error).toMatchObject({ message: expect.stringContaining('No [redacted] for millrace') })
    await reaches(id, 'COMPLETED')
  }, 60_000)

  test('accounts: sign up, sign in and reset, and fail at each', async () => {
    const signUp = (password: string) =>
      app.call('POST', '/api/users', {}, { email, password, name: 'Ann' })
    expect((await signUp(secret('short password'))).status).toBe(422)
    await typeSignIn(secret('password'))
    await without('User', async () => {
      expect((await signUp(secret('password'))).status).toBe(500)
      await press('Sign in')
      await page.getByText('Something went wrong on our side').waitFor()
      nothingIn(await page.content())
    })
    for (const status of [201, 409]) {
      const answer = await signUp(secret('password'))
      expect(answer.status).toBe(status)
      nothingIn(await answer.text())
    }
    await typeSignIn(secret('wrong password'))
    await press('Sign in')
    await page.getByText('Email or password is wrong').waitFor()
    nothingIn(await page.content())

    await page.goto('/forgot-password')
    await page.getByLabel('Email').fill(email)
    await press('Mail me a link')
    const link = await vi.waitFor(() => linkIn(mailServer), { timeout: 20_000 })
    secrets['reset token'] = new URL(link).searchParams.get('token') ?? ''
    expect(secrets['reset token'].length).toBeGreaterThan(20)
    const typeNew = async (password: string) => {
      await page.goto(`${app.url()}/reset-password${new URL(link).search}`)
      await page.getByLabel('New password').fill(password)
    }
    await typeNew(secret('short password'))
    await press('Change password')
    await page.getByText('at least 8', { exact: false }).nth(1).waitFor()
    await typeNew(secret('new password'))
    await without('PasswordReset', async () => {
      await press('Change password')
      await page.getByText('Something went wrong on our side').waitFor()
    })
    await press('Change password')
    await page.waitForURL(/sign-in/)
    await typeSignIn(secret('new password'))
    await press('Sign in')
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    const [session] = (await page.context().cookies()).filter(({ name }) => /session/.test(name))
    secrets.session = session?.value ?? ''
    expect(secrets.session.length).toBeGreaterThan(50)
  }, 120_000)

  test('requests that are refused, and that fail', async () => {
    const key = user.key
    const answers = [
      await app.call('GET', `/api/v1/jobs?token=${key}`, {}),
      await app.call('GET', '/api/v1/jobs', { authorization: `Basic ${key}` }),
      await app.call('GET', '/api/v1/jobs', { authorization: `Bearer ${key}x` }),
      await app.call('GET', `/api/metrics?token=${secret('METRICS_TOKEN')}`, {}),
      await call('POST', '/api/v1/jobs', { type: key, input: { password: secret('password') } }),
      await call('GET', '/api/v1/jobs', undefined, { 'x-request-id': `${key} and more` }),
    ]
    for (const answer of answers) nothingIn(JSON.stringify([...answer.headers]))
    await without('Job', async () => {
      const headers = { Authorization: `Bearer ${secret('bearer of a webhook')}` }
      const input = { url: receiver.url, event: 'x', payload: {}, headers }
      const failed = await call('POST', '/api/v1/jobs', { type: 'webhook', input })
      expect(failed.status).toBe(500)
      nothingIn(await failed.text())
      await page.goto('/jobs')
      nothingIn(await page.content())
    })
    await without('ApiKey', async () => {
      expect((await call('GET', '/api/v1/jobs')).status).toBe(500)
    })
  }, 60_000)

  test('webhooks to receivers that repeat what they got', async () => {
    const { url } = receiver
    const made = await call('POST', '/api/v1/webhook-endpoints', { url })
    const { endpoint, secret: first } = await made.json()
    secrets['secret of an endpoint'] = `${first}`
    const rotated = await call('POST', `/api/v1/webhook-endpoints/${endpoint.id}/rotate-secret`)
    secrets['next secret of an endpoint'] = `${(await rotated.json()).secret}`
    const headers = {
      'X-Api-Key': secret('header of a webhook'),
      Authorization: `Bearer ${secret('bearer of a webhook')}`,
    }
    const body = (request: Received) => `You sent ${JSON.stringify(request.headers)}`
    receiver.behaviour = { status: 500, body }
    const bare = await submit('webhook', { url, event: 'x', payload: {}, headers })
    const signed = await submit('webhook', { endpointId: endpoint.id, event: 'x', payload: {} })
    await reaches(bare, 'RETRYING')
    await reaches(signed, 'RETRYING')
    expect(receiver.received.map((one) => one.headers['x-api-key'])).toContain(headers['X-Api-Key'])
    receiver.behaviour = { status: 400, body }
    await reaches(await submit('webhook', { url, event: 'x', payload: {}, headers }), 'FAILED')
    receiver.behaviour = { status: 200, body }
    await reaches(await submit('webhook', { url, event: 'x', payload: {}, headers }), 'COMPLETED')
    await page.goto(`/webhooks/${endpoint.id}`)
    nothingIn(await page.content())
  }, 60_000)

  test('no secret is in a log, and each line is one', async () => {
    const said = app.said()
    const lines = said.split('\n').filter(Boolean)
    expect(lines.length).toBeGreaterThan(50)
    for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow()
    expect(said.includes('a request failed')).toBe(true)
    expect(said.includes('a form failed')).toBe(true)
    nothingIn(said)
  })

  test('no secret is in the queue', async () => {
    const text = redis
      ? await dumpRedis(redis.url)
      : await dumpDatabase(`${process.env.DATABASE_URL}`, ['bullmq'])
    for (const id of jobs) expect(text.includes(id)).toBe(true)
    nothingIn(text)
  })

  test('no secret is in a record', async () => {
    const text = await dumpDatabase(`${process.env.DATABASE_URL}`, ['public'])
    for (const id of jobs) expect(text.includes(id)).toBe(true)
    nothingIn(text)
  })

  test('what a form enqueues belongs to the trace of its server action', () => {
    const named = (name: string) => collector.spans.filter((span) => span.name === name)
    const posted = named('POST /forgot-password').map(({ traceId }) => traceId)
    expect(posted).toHaveLength(1)
    expect(named('handler email').map(({ traceId }) => traceId)).toContain(posted[0])
  })

  test('no secret is in a trace or among the metrics', async () => {
    await vi.waitFor(() => expect(collector.raw().includes('reset-password')).toBe(true), 10_000)
    nothingIn(collector.raw())
    const scraped = await app.call('GET', '/api/metrics', {
      authorization: `Bearer ${secret('METRICS_TOKEN')}`,
    })
    expect(scraped.status).toBe(200)
    nothingIn(await scraped.text())
  })

  test('no secret is on a page or in an answer', async () => {
    // An admin sees everybody's.
    await prisma().user.update({ where: { email }, data: { role: 'ADMIN' } })
    const pages = [
      ...jobs.map((id) => `/jobs/${id}`),
      ...['/', '/jobs?all=1', '/webhooks', '/settings', '/settings/api-keys', '/admin'],
      ...['/notifications', '/api-docs', '/admin/queue/email', '/admin/queues'],
      ...['/admin/queues/api/queues?activeQueue=webhooks&status=delayed&page=1&jobsPerPage=10'],
    ]
    for (const path of pages) {
      const response = await page.request.get(path)
      expect(response.status(), path).toBeLessThan(400)
      nothingIn(await response.text())
    }
    const answers = jobs.flatMap((id) => ['', '/attempts', '/logs'].map((of) => `${id}${of}`))
    for (const path of answers) nothingIn(await (await call('GET', `/api/v1/jobs/${path}`)).text())
    for (const path of ['webhook-endpoints', 'jobs']) {
      nothingIn(await (await call('GET', `/api/v1/${path}`)).text())
    }
  }, 120_000)
}

/** The reset link in the newest mail. */
function linkIn(server: MailServer): string {
  const text = server.received.at(-1)?.parsed.text ?? ''
  const link = /https?:\/\/\S+reset-password\S+/.exec(text)?.[0]
  if (!link) throw new Error('No mail with a link has come yet')
  return link
}
