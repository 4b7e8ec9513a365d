import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp } from '@/test/support/app'
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'
import { OWNER, setUpOwner } from '@/test/support/set-up'
import { type MailServer, startMailServer } from '@/test/support/smtp'

const EMAIL = 'bob@example.com'
/** A busy machine is slow, not wrong. */
const PATIENCE = { timeout: 20_000 }

let app: App
let mail: MailServer
let browser: Browser
let admin: Page
let bob: Page
let bobContext: BrowserContext
let complaints: string[]

beforeAll(async () => {
  mail = await startMailServer()
  app = await createApp({ SIGN_UP: 'invite', SMTP_URL: mail.url })
  await app.start()
  browser = await openBrowser()
  admin = await (await browser.newContext({ baseURL: app.url })).newPage()
  complaints = complaintsOf(admin)
  bobContext = await browser.newContext({ baseURL: app.url })
  bob = await bobContext.newPage()
  await setUpOwner(admin)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await app?.remove()
  await mail?.close()
})

const subjects = () =>
  mail.received.filter(({ to }) => to.includes(EMAIL)).map(({ parsed }) => parsed.subject)

async function openBobsPage(): Promise<string> {
  await admin.goto(`/admin/users?q=${encodeURIComponent(EMAIL)}`)
  await admin
    .getByRole('region', { name: 'Table of users' })
    .getByRole('link', { name: 'Bob Taylor', exact: true })
    .click()
  await admin.getByRole('heading', { name: 'Bob Taylor' }).waitFor()
  return new URL(admin.url()).pathname
}

/** Presses a button that asks back, and the one that means it. */
async function confirm(button: string, meant: string): Promise<void> {
  await admin.getByRole('button', { name: button, exact: true }).first().click()
  await admin.getByRole('dialog').getByRole('button', { name: meant, exact: true }).click()
}

test('an admin invites somebody, by mail and with a link that is shown once', async () => {
  await admin.goto('/admin/users')
  await admin.getByRole('link', { name: 'Invite' }).click()
  await admin.getByRole('heading', { name: 'Invite somebody' }).waitFor()
  await admin.getByLabel('Email').fill(EMAIL)
  await admin.getByRole('button', { name: 'Invite', exact: true }).click()
  await admin.getByRole('heading', { name: 'The invitation is on its way' }).waitFor()
  const link = (await admin.locator('code').textContent()) ?? ''
  await expectAccessible(admin)
  await expect
    .poll(() => mail.received.find(({ to }) => to.includes(EMAIL)), PATIENCE)
    .toBeDefined()
  const received = mail.received.find(({ to }) => to.includes(EMAIL))
  expect(received?.parsed.text).toContain(link)
  expect(received?.parsed.text).toContain('Ann Miller invites you')

  const { data } = await (await admin.request.get('/api/v1/jobs?type=email')).json()
  const job = data.find(({ title }: { title?: string }) => title?.includes(EMAIL)) ?? data[0]
  expect(JSON.stringify(data)).not.toContain(new URL(link).searchParams.get('token'))
  expect(JSON.stringify(job)).toContain('invitationId')

  await bob.goto(link)
  await bob.getByLabel('Name').fill('Bob Taylor')
  await bob.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await bob.getByRole('button', { name: 'Join' }).click()
  await bob.getByRole('heading', { name: 'Overview' }).waitFor()
})

test('to whoever is no admin, all of it is missing', async () => {
  const id = (await openBobsPage()).split('/').at(-1)
  const addresses = [
    '/admin/users',
    '/admin/users/invite',
    `/admin/users/${id}`,
    `/admin/users/${id}/remove`,
    '/admin/audit',
    '/admin/audit/export',
  ]
  for (const address of addresses) {
    expect({ address, status: (await bob.request.get(address)).status() }).toEqual({
      address,
      status: 404,
    })
    expect((await admin.request.get(address)).status()).toBe(200)
  }
})

test('a person’s page shows what is theirs, view by view', async () => {
  await bobContext.request.post('/api/v1/jobs', {
    headers: { origin: app.url },
    data: { type: 'email', input: { to: 'kim@example.com', template: 'notice' } },
  })
  const path = await openBobsPage()
  await admin.getByText('Notice mail to kim@example.com').waitFor()
  for (const show of ['jobs', 'files', 'schedules', 'webhooks', 'keys', 'notifications']) {
    await admin.goto(`${path}?show=${show}`)
    await admin.getByRole('heading', { name: 'Bob Taylor' }).waitFor()
    await expectAccessible(admin)
    await expectNoSidewaysScroll(admin)
  }
})

test('a person sees where they are signed in, and signs a device out from another [S9]', async () => {
  const phone = await browser.newContext({ baseURL: app.url, userAgent: 'Firefox/140.0 Android' })
  const other = await phone.newPage()
  await other.goto('/sign-in')
  await other.getByLabel('Email').fill(EMAIL)
  await other.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.getByRole('heading', { name: 'Overview' }).waitFor()

  await bob.goto('/settings/sessions')
  const rows = bob.getByRole('table').getByRole('row')
  await rows.filter({ hasText: 'This device' }).filter({ hasText: 'Now' }).waitFor()
  await expectAccessible(bob)
  await expectNoSidewaysScroll(bob)
  const device = rows.filter({ hasText: 'Firefox on Android' })
  await device.getByText(/127\.0\.0\.1|::1/).waitFor()
  await device.getByRole('button', { name: /^Sign out/ }).click()
  await device.waitFor({ state: 'detached' })
  // Its open page hears of it, and asks who is there.
  await other.waitForURL(/\/sign-in/, { timeout: 15_000 })
  expect((await bob.request.get('/api/v1/jobs')).status()).toBe(200)
  await phone.close()
})

test('disabling somebody ends their open session and the page they look at, and the log says so [S8]', async () => {
  await bob.goto('/jobs')
  await bob.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await openBobsPage()
  await confirm('Disable', 'Disable account')
  await admin.getByRole('button', { name: 'Enable', exact: true }).waitFor()
  expect((await bob.request.get('/api/v1/jobs')).status()).toBe(401)
  await bob.waitForURL(/\/sign-in/, { timeout: 15_000 })

  await admin.goto('/admin/audit')
  const row = admin.getByRole('row').filter({ hasText: 'Disabled a user' })
  await row.getByRole('link', { name: 'Ann Miller' }).waitFor()
  await row.getByRole('link', { name: 'Bob Taylor' }).waitFor()
  expect(await row.textContent()).toContain('disabled: no → yes')
  expect(await row.textContent()).toMatch(/127\.0\.0\.1|::1/)
  await expectAccessible(admin)
  await expectNoSidewaysScroll(admin)
})

test('the log is narrowed in its address, and exported as it is shown', async () => {
  await admin.getByLabel('What', { exact: true }).selectOption({ label: 'Disabled a user' })
  await admin.waitForURL(/\/admin\/audit\?action=user\.disable$/)
  await expect.poll(() => admin.locator('tbody tr').count(), PATIENCE).toBe(1)
  const [download] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toContain(',user.disable,Disabled a user,Bob Taylor,user,')
  await admin.goto('/admin/audit')
  await admin.getByRole('row').filter({ hasText: 'Exported the audit log' }).first().waitFor()
})

test('a role changes, a session ends and an own account is safe', async () => {
  await openBobsPage()
  await admin.getByRole('button', { name: 'Enable', exact: true }).click()
  await admin.getByRole('button', { name: 'Disable', exact: true }).waitFor()
  await confirm('Make admin', 'Make admin')
  await admin.getByRole('button', { name: 'Make user', exact: true }).first().waitFor()
  await confirm('Make user', 'Make user')
  await admin.getByRole('button', { name: 'Make admin', exact: true }).first().waitFor()
  await admin.getByRole('button', { name: 'Send password reset' }).click()
  await expect.poll(subjects, PATIENCE).toContain('Choose a new password')
  await admin.goto('/admin/users?q=ann')
  await admin
    .getByRole('region', { name: 'Table of users' })
    .getByRole('link', { name: 'Ann Miller', exact: true })
    .click()
  await admin.getByText('This is you.').waitFor()
  expect(await admin.getByRole('button', { name: 'Disable', exact: true }).count()).toBe(0)
  await confirm('Make user', 'Make user')
  await admin.getByText('This is the last admin. Make somebody else an admin first.').waitFor()
})

test('deleting says what goes, wants the address typed, and shows how far it is', async () => {
  const path = await openBobsPage()
  await admin.getByRole('link', { name: 'Delete or anonymize' }).click()
  const card = admin.getByRole('region', { name: 'Delete', exact: true })
  await card.getByText(/^\d+ jobs with inputs, results, attempts and logs$/).waitFor()
  await expectAccessible(admin)
  await expectNoSidewaysScroll(admin)
  await card.getByLabel(`Type ${EMAIL} to confirm`).fill('bob')
  await card.getByRole('button', { name: 'Delete account and data' }).click()
  await card.locator('input[aria-invalid="true"]').waitFor()
  await card.getByLabel(`Type ${EMAIL} to confirm`).fill(EMAIL)
  await card.getByRole('button', { name: 'Delete account and data' }).click()
  await admin.waitForURL(/\/jobs\/[0-9a-f-]{36}$/)
  await admin.getByText('Completed').first().waitFor({ timeout: 30_000 })
  expect((await admin.request.get(path)).status()).toBe(404)
  await admin.goto('/admin/audit')
  const row = admin.getByRole('row').filter({ hasText: 'Disabled a user' })
  expect(await row.textContent()).toContain('Deleted user')
  expect(await admin.content()).not.toContain('Bob Taylor')
  expect(complaints).toEqual([])
})
