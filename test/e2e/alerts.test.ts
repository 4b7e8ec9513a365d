import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type App, createApp } from '@/test/support/app'
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'
import { createDatabase, type TestDatabase } from '@/test/support/postgres'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { OWNER, setUpOwner } from '@/test/support/set-up'
import { type MailServer, startMailServer } from '@/test/support/smtp'
import { receives, verified } from '@/test/support/webhooks'

/** Rules are evaluated every ten seconds, on a busy machine. */
const PATIENCE = { timeout: 45_000, interval: 200 }

let app: App
let database: TestDatabase
let client: pg.Client
let receiver: Receiver
let smtp: MailServer
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  receiver = await startReceiver()
  smtp = await startMailServer()
  database = await createDatabase()
  client = new pg.Client(database.url)
  await client.connect()
  app = await createApp({
    DATABASE_URL: database.url,
    AUTH_SECRET: 'a secret of this test, long enough to be one',
    SMTP_URL: smtp.url,
    WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
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
  await receiver?.close()
  await smtp?.close()
  await database?.drop()
})

async function submitWebhook(): Promise<void> {
  const response = await context.request.post('/api/v1/jobs', {
    headers: { origin: app.url },
    data: { type: 'webhook', input: { url: receiver.url, event: 'order.created', payload: {} } },
  })
  expect(response.status()).toBe(202)
}

/** Waits for a mail to the admin with this subject, and answers its text. */
function mailed(subject: string): Promise<string> {
  return vi.waitFor(() => {
    const mails = smtp.received.filter(({ parsed }) => parsed.subject === subject)
    expect(mails.map(({ to }) => to)).toEqual([[OWNER.email]])
    return mails[0]?.parsed.text ?? ''
  }, PATIENCE)
}

async function looksRight(): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

test('rules and a channel exist from the first start', async () => {
  await page.goto('/admin')
  await page
    .getByRole('navigation', { name: 'Admin' })
    .getByRole('link', { name: 'Alerts' })
    .click()
  await page.getByText('All is well: 9 rules are watching.').waitFor()
  await looksRight()
  await page.getByRole('link', { name: 'Channels' }).click()
  await page.getByRole('link', { name: 'All admins' }).waitFor()
  await looksRight()
})

test('a test message reaches the admin at the SMTP server', async () => {
  await page.getByRole('button', { name: 'Send test: All admins' }).click()
  await page.getByText('1 test message is on the way.').waitFor()
  expect(await mailed('Test alert')).toContain('“All admins”: alerts reach you here.')
})

test('a rule is refused where it makes no sense, and edited', async () => {
  await page.goto('/admin/alerts/rules')
  await looksRight()
  await page.getByRole('link', { name: 'Failures in a row' }).click()
  await page.getByLabel('Fires at (failures)').fill('3')
  await page.getByLabel('Is over at (failures)').fill('3')
  await page.getByLabel('Watches').selectOption('queue:webhooks')
  await page.getByRole('button', { name: 'Save rule' }).click()
  await page.getByText('Expected less than what it fires at').waitFor()
  await looksRight()
  await page.getByLabel('Is over at (failures)').fill('0')
  await page.getByRole('button', { name: 'Save rule' }).click()
  await page.getByText('Fires at 3 failures in queue webhooks; over at 0 failures').waitFor()
})

test('an admin gets an alert and its resolution at a real SMTP server, each once', async () => {
  receiver.behaviour = { status: 400 }
  for (let count = 0; count < 3; count++) await submitWebhook()
  const fired = await mailed('Alert: Failures in a row (queue webhooks)')
  expect(fired).toContain('3 jobs failed in a row in queue webhooks.')
  expect(fired).toContain(`${app.url}/admin/alerts`)

  await page.goto('/admin')
  await page.getByRole('link', { name: '1 alert is open' }).click()
  const open = page.getByRole('list', { name: 'Open alerts, newest first' })
  await open.getByText('3 jobs failed in a row in queue webhooks.').waitFor()
  await open.getByText('1 message').click()
  await open.getByRole('link', { name: `Alert to ${OWNER.email}` }).waitFor()
  await looksRight()

  receiver.behaviour = { status: 200 }
  await submitWebhook()
  const resolved = await mailed('Resolved: Failures in a row (queue webhooks)')
  expect(resolved).toContain('It is over. Now: 0 failures.')
  // The page follows by itself.
  await page.getByText('All is well: 9 rules are watching.').waitFor()
  const history = page.getByRole('list', { name: 'Alerts that are over, newest first' })
  await history.getByText('3 jobs failed in a row in queue webhooks.').waitFor()
  await looksRight()
  const subjects = smtp.received.map(({ parsed }) => parsed.subject)
  expect(subjects.filter((subject) => subject?.includes('Failures in a row'))).toHaveLength(2)
})

test('a webhook channel shows its secret once, and signs with it', async () => {
  await page.goto('/admin/alerts/channels')
  await page.getByRole('link', { name: 'New channel' }).click()
  await page.getByRole('heading', { name: 'New alert channel' }).waitFor()
  await looksRight()
  await page.getByRole('link', { name: 'Signed webhook' }).click()
  await page.getByLabel('Name').fill('Pager')
  await page.getByLabel('URL').fill('http://10.0.0.1/')
  await page.getByRole('button', { name: 'Add channel' }).click()
  await page.getByText('Webhooks are not sent to private or reserved addresses').waitFor()
  await page.getByLabel('URL').fill(receiver.url)
  await page.getByRole('button', { name: 'Add channel' }).click()
  const secret = (await page.locator('code').filter({ hasText: 'whsec_' }).textContent()) ?? ''
  await looksRight()
  await page.getByRole('link', { name: 'Go to the channel' }).click()
  receiver.received.length = 0
  await page.getByRole('button', { name: 'Send test' }).click()
  await page.getByText('1 test message is on the way.').waitFor()
  const [request] = await receives(receiver, 1)
  expect(request && verified(secret, request)).toMatchObject({ type: 'alert.test' })
  await looksRight()
  expect(await page.content()).not.toContain(secret)
})

test('a Slack channel keeps its URL to itself, in pages and jobs', async () => {
  await page.goto('/admin/alerts/channels/new?kind=slack')
  await page.getByLabel('Name').fill('Ops room')
  const url = page.getByLabel('URL of the incoming webhook')
  await url.fill(`${receiver.url}/T0/B0/hush-hush`)
  await looksRight()
  await page.getByRole('button', { name: 'Add channel' }).click()
  receiver.received.length = 0
  await page.getByRole('button', { name: 'Send test: Ops room' }).click()
  const [request] = await receives(receiver, 1)
  expect(request?.path).toContain('hush-hush')
  expect(JSON.parse(request?.body ?? '')).toEqual({
    text: expect.stringMatching(/^\*Test alert\*\nA test of the channel “Ops room”/),
  })
  expect(await page.content()).not.toContain('hush-hush')
  const { rows } = await client.query(
    `SELECT "jobId" FROM "AlertNotice" WHERE "channelName" = 'Ops room'`,
  )
  await page.goto(`/jobs/${rows[0]?.jobId}`)
  await page.getByText('POST', { exact: true }).first().waitFor()
  expect(await page.content()).not.toContain('hush-hush')
  await page.goto('/admin/alerts/channels')
  await page.getByRole('link', { name: 'Ops room' }).click()
  await page.getByLabel('Name').fill('Operations')
  await page.getByRole('button', { name: 'Save channel' }).click()
  await page.getByRole('button', { name: 'Send test: Operations' }).click()
  expect((await receives(receiver, 2))[1]?.path).toContain('hush-hush')
})

test('a rule is made for one channel, switched off and deleted', async () => {
  await page.goto('/admin/alerts/rules/new')
  await looksRight()
  await page.getByRole('link', { name: 'Depth' }).click()
  await page.getByLabel('Name').fill('Deep mail')
  await page.getByLabel('Watches').selectOption('type:email')
  await page.getByLabel('Only these').check()
  await page.getByLabel('Operations').check()
  await looksRight()
  await page.getByRole('button', { name: 'Create rule' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Deep mail' })
  await row.getByText('Fires at 10,000 jobs in Email jobs; over at 5,000 jobs').waitFor()
  await row.getByText('Tells Operations').waitFor()
  await row.getByRole('button', { name: 'Switch off' }).click()
  await row.getByRole('button', { name: 'Switch on' }).waitFor()
  await row.getByRole('link').click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete rule' }).click()
  await page.getByRole('heading', { name: 'Alert rules' }).waitFor()
  await row.waitFor({ state: 'detached' })
})

test('no page complained, and each step is in the audit log', async () => {
  expect(complaints).toEqual([])
  const { rows } = await client.query(
    `SELECT action, count(*)::int AS count FROM "AuditEntry" WHERE action LIKE 'alert-%'
     GROUP BY action ORDER BY action`,
  )
  expect(rows).toEqual([
    { action: 'alert-channel.create', count: 2 },
    { action: 'alert-channel.test', count: 4 },
    { action: 'alert-channel.update', count: 1 },
    { action: 'alert-rule.create', count: 1 },
    { action: 'alert-rule.delete', count: 1 },
    { action: 'alert-rule.disable', count: 1 },
    { action: 'alert-rule.update', count: 1 },
  ])
})
