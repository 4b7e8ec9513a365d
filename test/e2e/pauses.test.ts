import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from '@/test/support/browser'
import { type OwnedApp, openOwnedApp } from '@/test/support/owned-app'
import { OWNER } from '@/test/support/set-up'

let owned: OwnedApp
let app: OwnedApp['app']
let client: OwnedApp['client']
let page: OwnedApp['page']
let complaints: OwnedApp['complaints']

beforeAll(async () => {
  owned = await openOwnedApp()
  ;({ app, client, page, complaints } = owned)
}, 240_000)

afterAll(() => owned?.close())

/** A mail of the owner of this test that has failed. */
async function failedMail(): Promise<void> {
  await client.query(
    `INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, error, "maxAttempts", backoff,
       "timeoutMs", "inputHash", tags, "createdAt", "runAt", "finishedAt")
     SELECT $1, 'email', 'email', id, 'FAILED', 'Welcome to ann@example.com', '{}',
       '{"name":"SmtpError","code":"smtp_timeout","message":"The server of ann@example.com is slow."}',
       3, '{}', 1000, '', '{}', now(), now(), now() FROM "User"`,
    [uuidv7()],
  )
}

async function submitMail(): Promise<string> {
  const response = await page.request.post('/api/v1/jobs', {
    headers: { origin: app.url },
    data: {
      type: 'email',
      input: { to: OWNER.email, template: 'notice', variables: { subject: 'Hi', text: 'Hello' } },
    },
  })
  expect(response.status()).toBe(202)
  return (await response.json()).job.id
}

const notice = () => page.getByRole('region', { name: 'Paused' })

test('an admin pauses what fails alike, everybody sees it, and it runs once resumed', async () => {
  await failedMail()
  await page.goto('/errors')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Pause…' }).click()
  await page.getByRole('heading', { name: 'Pause jobs' }).waitFor()
  expect(await page.getByLabel('Type').inputValue()).toBe('email')
  expect(await page.getByLabel('Owner').inputValue()).toBe(OWNER.email)
  const reason = 'They fail (smtp_timeout); the cause is being mended.'
  expect(await page.getByLabel('Reason').inputValue()).toBe(reason)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.getByLabel('Owner').fill('nobody@example.com')
  await page.getByRole('button', { name: 'Pause these jobs' }).click()
  await page.getByText('Nobody has this address').waitFor()
  await page.getByLabel('Owner').fill(OWNER.email)
  await page.getByRole('button', { name: 'Pause these jobs' }).click()
  await page.getByRole('list', { name: 'Pauses' }).waitFor()

  const id = await submitMail()
  await page.getByText('1 held').waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  for (const place of ['/jobs', `/jobs/${id}`, '/admin', '/admin/queue/email']) {
    await page.goto(place)
    await notice().getByText(`Email jobs of ${OWNER.name}`).waitFor()
    await notice().getByText(reason).waitFor()
    await expectNoSidewaysScroll(page)
  }
  await page.goto('/jobs')
  await expectAccessible(page)
  await page
    .locator('tr', { has: page.locator(`a[href="/jobs/${id}"]`) })
    .getByText('Paused')
    .waitFor()

  await page.goto('/admin/pauses')
  await page.getByRole('button', { name: `Resume: Email jobs of ${OWNER.name}` }).click()
  await page.getByText('Nothing is paused').waitFor()
  await page.goto(`/jobs/${id}`)
  await page.getByText('Completed').first().waitFor()
  expect(await notice().count()).toBe(0)
  await page.goto('/admin/audit')
  await page.getByRole('cell', { name: 'Resumed paused jobs' }).waitFor()
  expect(complaints).toEqual([])
})
