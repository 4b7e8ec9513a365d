import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp } from '@/test/support/app'
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'
import { setUpOwner } from '@/test/support/set-up'
import { type MailServer, startMailServer } from '@/test/support/smtp'

const PEOPLE = 25

let app: App
let server: MailServer
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  server = await startMailServer()
  app = await createApp({ SMTP_URL: server.url })
  await app.start()
  browser = await openBrowser()
  const context = await browser.newContext({ baseURL: app.url })
  page = await context.newPage()
  complaints = complaintsOf(page)
  await setUpOwner(page)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await app?.remove()
  await server?.close()
})

async function lookAtPage(): Promise<void> {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
}

const unread = (count: number) =>
  page.getByRole('link', { name: `Notifications, ${count} unread`, exact: true })

/**
 * Holds the answer to the next form sent to this path until the page has been told that the job with this
 * in its title failed: what the answer shows is out of date when it arrives.
 */
async function holdAnswer(path: string, title: string): Promise<void> {
  await page.evaluate(async (part) => {
    const stream = new EventSource('/api/v1/live')
    stream.addEventListener('job', ({ data }) => {
      const job = JSON.parse(data)
      if (job.status !== 'failed' || !job.title.includes(part)) return
      document.documentElement.dataset.told = part
      stream.close()
    })
    await new Promise((resolve) => stream.addEventListener('open', resolve))
  }, title)
  await page.route(`**${path}`, async (route) => {
    if (!route.request().postData()?.includes('sendKey')) return route.fallback()
    const response = await route.fetch({ maxRedirects: 0 })
    await page.locator(`html[data-told="${title}"]`).waitFor({ timeout: 30_000 })
    await route.fulfill({ response })
    await page.unroute(`**${path}`)
  })
}

describe('mailing a list', () => {
  test('shows each bad row, then sends the corrected list as one batch, live to its end', async () => {
    await page.goto('/settings/suppressions')
    await page.getByLabel('Addresses').fill('p3@example.com')
    await page.getByRole('button', { name: 'Add to the list' }).click()
    await page.getByRole('rowheader', { name: 'p3@example.com', exact: true }).waitFor()
    await lookAtPage()

    await page.goto('/jobs/new/email')
    await page.getByLabel('To a list').check()
    const people = Array.from(
      { length: PEOPLE },
      (_, index) => `p${index}@example.com,Person ${index}`,
    )
    const csv = (second: string) => ['email,name', people[0], second, ...people.slice(1)].join('\n')
    await page.getByLabel('Template').selectOption('Welcome')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a CSV file' }).click(),
    ])
    await chooser.setFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv('bob at example.com,Bob')),
    })
    const bad = page.getByRole('region', { name: /Bad rows/ })
    await bad
      .getByRole('listitem')
      .filter({ hasText: /Line 3: bob at example.com.*Expected one email/ })
      .waitFor()
    const left = page.getByRole('region', { name: 'Left out' })
    await left
      .getByRole('listitem')
      .filter({ hasText: /p3@example.com.*On your suppression list/ })
      .waitFor()
    await page.getByText('As p0@example.com gets it').waitFor()
    const preview = page.frameLocator('iframe[title="Preview of the mail"]')
    await preview.getByText('Person 0').first().waitFor()
    await page.getByRole('button', { name: 'The next person' }).click()
    await preview.getByText('Person 1').first().waitFor()
    await lookAtPage()

    await page.getByRole('button', { name: `Send ${PEOPLE - 1} mails` }).click()
    await page.getByText('1 row cannot be mailed. Nothing was sent.').waitFor()
    expect(server.received.filter(({ to }) => to[0] !== 'ann@example.com')).toEqual([])

    await page.getByLabel('People').fill(csv('bob@example.com,Bob'))
    await page.getByRole('button', { name: `Send ${PEOPLE} mails` }).click()
    await page.getByRole('heading', { name: `Welcome mail to ${PEOPLE} people` }).waitFor()
    await page.evaluate(() => {
      document.documentElement.dataset.loaded = 'once'
    })
    await page.getByText(`All ${PEOPLE} ended`).waitFor({ timeout: 60_000 })
    expect(await page.evaluate(() => document.documentElement.dataset.loaded)).toBe('once')
    await page.getByRole('link', { name: `Completed ${PEOPLE}` }).waitFor()
    await lookAtPage()
    const sent = server.received.map(({ to }) => to[0])
    expect(sent).toContain('bob@example.com')
    expect(sent).not.toContain('p3@example.com')
    const mail = server.received.find(({ to }) => to[0] === 'p7@example.com')
    expect(mail?.parsed.text).toContain('Person 7')
  }, 180_000)

  test('tells when the batch is done, without reloading, and leads there', async () => {
    await unread(1).waitFor({ timeout: 30_000 })
    await unread(1).click()
    await lookAtPage()
    await page.getByRole('link', { name: `Welcome mail to ${PEOPLE} people is done` }).click()
    await page.getByText(`All ${PEOPLE} ended`).waitFor()
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor()
    await page.getByRole('link', { name: '‹ Batches' }).click()
    await page.getByRole('link', { name: `Welcome mail to ${PEOPLE} people` }).waitFor()
    await lookAtPage()
  })

  test('shows what ended while its page was on its way, cancels the rest, and retries what failed', async () => {
    server.refusal = { at: 'recipient', code: 550, message: 'No such mailbox' }
    await page.goto('/jobs/new/email/list')
    await page.getByLabel('People').fill('one@example.com\ntwo@example.com\nthree@example.com')
    await page.getByText('Pace and name').click()
    await page.getByLabel('Milliseconds apart').fill('60000')
    await page.getByLabel('Name of the batch').fill('Slow ones')
    await page.getByText('3 people will get a mail').waitFor()
    await holdAnswer('/jobs/new/email?when=list', 'one@example.com')
    await page.getByRole('button', { name: 'Send 3 mails' }).click()
    await page.getByRole('heading', { name: 'Slow ones' }).waitFor()
    await page.getByRole('button', { name: 'Retry 1 failed job' }).waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Cancel the rest' }).click()
    await page.getByRole('button', { name: 'Cancel 2 jobs' }).click()
    await page.getByText('All 3 ended').waitFor()
    await page.getByRole('link', { name: 'Canceled 2' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBe(3)
    await lookAtPage()
    server.refusal = undefined
    await page.getByRole('button', { name: 'Retry 1 failed job' }).click()
    await page.getByRole('link', { name: 'Completed 1' }).waitFor({ timeout: 30_000 })
  }, 120_000)
})

describe('texts shared by all of a list', () => {
  test('are filled in from its columns, exactly as the preview shows', async () => {
    await page.goto('/jobs/new/email?when=list')
    await page.getByLabel('Template').selectOption('Notice')
    await page.getByRole('textbox', { name: 'Title' }).fill('Hello {{Name|friend}}')
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Your code is {{code}}.')
    await page
      .getByLabel('People')
      .fill('email,name,code\nann@x.example,Ann,A-1\nbob@x.example,,B-2')
    const preview = page.frameLocator('iframe[title="Preview of the mail"]')
    await page.getByText('As ann@x.example gets it · Hello Ann').waitFor()
    await preview.getByText('Your code is A-1.', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'The next person' }).click()
    await page.getByText('As bob@x.example gets it · Hello friend').waitFor()
    await preview.getByText('Your code is B-2.', { exact: true }).waitFor()
    const shown = await preview.locator('p').allTextContents()
    await lookAtPage()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Your code is {{coed}}.')
    await page.getByText('The list has no column “coed” for {{coed}}.').first().waitFor()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Your code is {{code}}.')
    await page.getByRole('button', { name: 'Send 2 mails' }).click()
    await page.getByText('All 2 ended').waitFor({ timeout: 60_000 })
    const mail = server.received.find((each) => each.to[0] === 'bob@x.example')
    expect(mail?.parsed.subject).toBe('Hello friend')
    for (const text of shown) expect(mail?.parsed.text).toContain(text.trim())
  }, 90_000)
})

describe('a job', () => {
  test('that fails is told about live; its duplicate is filled in and links both ways', async () => {
    await page.goto('/notifications')
    const all = page.getByRole('button', { name: 'Mark all as read' })
    // That the batch before has ended may be told of only now.
    const noneUnread = async () => {
      if (await all.isVisible()) await all.click()
      return page.getByRole('link', { name: 'Notifications', exact: true }).isVisible()
    }
    await expect.poll(noneUnread, { timeout: 30_000 }).toBe(true)

    const other = await page.context().newPage()
    await other.goto('/jobs/new/email')
    await other.getByLabel('Name').fill('Pat')
    await other.getByLabel('To', { exact: true }).fill('p3@example.com')
    await other.getByRole('button', { name: 'Send email' }).click()
    await other
      .getByRole('region', { name: 'Why it failed' })
      .getByRole('strong')
      .getByText('p3@example.com is on your suppression list')
      .waitFor({ timeout: 30_000 })
    await page.bringToFront()
    await page
      .getByRole('link', { name: /^Notifications, \d unread$/ })
      .waitFor({ timeout: 10_000 })
    await page.getByRole('link', { name: 'Welcome mail to p3@example.com failed' }).waitFor()

    await other.bringToFront()
    await other.getByRole('link', { name: 'Duplicate' }).click()
    await other.getByRole('heading', { name: 'Duplicate email' }).waitFor()
    expect(await other.getByLabel('Name').inputValue()).toBe('Pat')
    await other.getByLabel('To', { exact: true }).fill('pat@example.com')
    await other.getByRole('button', { name: 'Send email' }).click()
    await other.getByRole('heading', { name: 'Welcome mail to pat@example.com' }).waitFor()
    await other.getByRole('link', { name: 'an earlier job' }).click()
    await other.getByRole('heading', { name: 'Welcome mail to p3@example.com' }).waitFor()
    await other.getByRole('link', { name: 'Welcome mail to pat@example.com' }).first().click()
    await other.getByRole('heading', { name: 'Welcome mail to pat@example.com' }).waitFor()
    await other.close()
  }, 120_000)

  test('unsubscribe links work for people who are signed out, without scripts too', async () => {
    await page.goto('/jobs/new/email')
    await page.getByLabel('Template').selectOption('Weekly digest')
    await page.getByLabel('To', { exact: true }).fill('reader@example.com')
    await page.getByRole('button', { name: 'Send email' }).click()
    await page.getByRole('heading', { name: 'Weekly digest mail to reader@example.com' }).waitFor()
    await expect
      .poll(() => server.received.some(({ to }) => to[0] === 'reader@example.com'), {
        timeout: 20_000,
      })
      .toBe(true)
    const mail = server.received.find(({ to }) => to[0] === 'reader@example.com')
    const link = /href="([^"]*unsubscribe[^"]*)"/.exec(`${mail?.parsed.html}`)?.at(1) ?? ''
    const context = await browser.newContext({ javaScriptEnabled: false })
    const reader = await context.newPage()
    await reader.goto(link)
    await reader.getByRole('button', { name: 'Unsubscribe' }).click()
    await reader.getByRole('heading', { name: 'You are unsubscribed' }).waitFor()
    await context.close()
    await page.goto('/settings/suppressions')
    await page.getByRole('row', { name: /reader@example.com Opted out/ }).waitFor()
    expect(complaints).toEqual([])
  }, 120_000)
})
