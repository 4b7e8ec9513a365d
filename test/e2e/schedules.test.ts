import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp } from '@/test/support/app'
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'

const PASSWORD = 'a mill on a quiet river'

let app: App
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  app = await createApp()
  await app.start()
  browser = await openBrowser()
  const context = await browser.newContext({ baseURL: app.url, timezoneId: 'Europe/Berlin' })
  page = await context.newPage()
  complaints = complaintsOf(page)
  await page.goto('/setup')
  await page.getByLabel('Name').fill('Ann Miller')
  await page.getByLabel('Email').fill('ann@example.com')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account and start' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await app?.remove()
})

const input = () => page.getByRole('textbox', { name: 'Input' })
const runs = () => page.getByRole('list', { name: 'Runs, latest first' }).getByRole('listitem')

async function check(): Promise<void> {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
}

describe('schedules in a browser', () => {
  test('a schedule is read back in words while it is typed, refused, and made', async () => {
    await page.getByRole('link', { name: 'Schedules' }).click()
    await page.getByRole('heading', { name: 'Schedules' }).waitFor()
    await check()
    await page.getByRole('link', { name: 'New schedule' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Morning mail')
    await input().fill('{ "to": "nobody", "template": "welcome" }')
    const pattern = page.getByLabel('Runs at')
    await pattern.fill('every day')
    await page.getByText('Expected five fields').waitFor()
    await pattern.fill('30 2 * * 1-5')
    const meaning = page.getByRole('region', { name: 'What this means' })
    await meaning.getByText('At 02:30, Monday through Friday').waitFor()
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Berlin')
    const times = await meaning.getByRole('listitem').allInnerTexts()
    expect(times).toHaveLength(5)
    for (const time of times) expect(time).toMatch(/^(Mon|Tue|Wed|Thu|Fri).*02:30$/)
    await check()

    await page.getByRole('button', { name: 'Create schedule' }).click()
    await page.getByText('to: Expected one email address').waitFor()
    expect(await pattern.inputValue()).toBe('30 2 * * 1-5')
    await input().fill('{ "to": "ann@example.com", "template": "welcome" }')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await page.getByRole('heading', { name: 'Morning mail' }).waitFor()
    await page.getByText('It has not run yet').waitFor()
    await check()
  })

  test('it runs now, live, and its job says where it comes from', async () => {
    await page.getByRole('button', { name: 'Run now' }).click()
    await runs().getByText('Completed').waitFor({ timeout: 30_000 })
    await runs().getByRole('link', { name: 'Welcome mail to ann@example.com' }).click()
    await page.getByText('from schedule').getByRole('link', { name: 'Morning mail' }).click()
    await page.getByRole('heading', { name: 'Morning mail' }).waitFor()
    await check()
  })

  test('it is edited, runs by itself, is paused, and resumed', async () => {
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Mail each second')
    await page.getByLabel('Runs at').fill('* * * * * *')
    await page.getByText('Every second').waitFor()
    await check()
    await page.getByRole('button', { name: 'Save schedule' }).click()
    await page.getByRole('heading', { name: 'Mail each second' }).waitFor()
    await runs().nth(2).waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('None while it is paused.').waitFor()
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    await check()
    await page.getByRole('link', { name: 'Schedules', exact: true }).first().click()
    const row = page.getByRole('listitem').filter({ hasText: 'Mail each second' })
    await row.getByText('Paused').waitFor()
    await row.getByText('Completed').waitFor({ timeout: 30_000 })
    await row.getByRole('link').click()
    await page.getByLabel('Runs, latest first').waitFor()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Runs at').fill('0 9 1 1 *')
    await page.getByRole('button', { name: 'Save schedule' }).click()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    expect(await runs().count()).toBeGreaterThan(2)
  })

  test('it is deleted, once asked; its jobs stay', async () => {
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The jobs it made stay.').waitFor()
    await page.getByRole('button', { name: 'Delete schedule' }).click()
    await page.waitForURL('**/schedules')
    await page.getByText('Mail each second').waitFor({ state: 'detached' })
    await page.goto('/jobs?type=email')
    await page.getByRole('link', { name: 'Welcome mail to ann@example.com' }).first().waitFor()
  })

  test('the system’s own are moved and paused by an admin, never deleted', async () => {
    await page.goto('/schedules')
    await page.getByRole('link', { name: 'Retention' }).click()
    await page.getByRole('heading', { name: 'Retention' }).waitFor()
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Run now' }).click()
    await runs().getByText('Completed').waitFor({ timeout: 30_000 })
    await page.getByRole('link', { name: 'Edit' }).click()
    expect(await input().count()).toBe(0)
    await page.getByLabel('Runs at').fill('0 4 * * *')
    await page.getByRole('button', { name: 'Save schedule' }).click()
    await page.getByText('At 04:00').waitFor()
    await check()
    expect(complaints).toEqual([])
  })
})
