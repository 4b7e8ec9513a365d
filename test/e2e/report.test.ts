import fs from 'node:fs'
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

const status = (page: Page) => page.getByRole('main').getByRole('status').first()

describe('a report in the browser', () => {
  let app: App
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    app = await createApp()
    await app.start()
    browser = await openBrowser()
    const context = await browser.newContext({
      baseURL: app.url,
      acceptDownloads: true,
      timezoneId: 'Europe/Berlin',
    })
    page = await context.newPage()
    complaints = complaintsOf(page)
    await setUpOwner(page)
  }, 240_000)

  afterAll(async () => {
    await browser?.close()
    await app?.remove()
  })

  test('goes from its form to its result, in the browser’s time zone', async () => {
    await page.goto('/jobs/new')
    await page.getByRole('link', { name: 'Report' }).click()
    await page.getByText('by day, in Europe/Berlin time.').waitFor()
    await page.getByLabel('Range').selectOption('Choose dates')
    await page.getByLabel('First day').fill('2026-03-31')
    await page.getByLabel('Last day').fill('2026-03-01')
    await page.getByRole('button', { name: 'Make report' }).click()
    await page.getByText('Expected a day or time after from').waitFor()
    await expectAccessible(page)
    await page.getByLabel('First day').fill('2026-03-01')
    await page.getByLabel('Last day').fill('2030-12-31')
    await page.getByLabel('A row per').selectOption('Month')
    await page
      .getByText(
        'Makes a PDF with charts and tables: your jobs of 1 Mar 2026–31 Dec 2030, by month, in Europe/Berlin time.',
      )
      .waitFor()
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Make report' }).click()

    await page.getByRole('heading', { name: /^Monthly report, 1 Mar 2026–31 Dec 2030/ }).waitFor()
    await status(page).getByText('Completed').waitFor({ timeout: 60_000 })
    // The welcome mail, and the report itself.
    await page.getByRole('main').getByText('Jobs', { exact: true }).last().waitFor()
    const shown = page.getByTitle(/^First page of/)
    await shown.waitFor()
    const source = await shown.getAttribute('src')
    const answer = await page.request.get(`${source?.replace(/#.*/, '')}`)
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/pdf',
      'x-frame-options': 'SAMEORIGIN',
    })
    expect(answer.headers()['content-security-policy']).toContain("frame-ancestors 'self'")
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('monthly-report-2026-03-01-to-2030-12-31.pdf')
    const made = fs.readFileSync(await download.path())
    expect(made.subarray(0, 5).toString()).toBe('%PDF-')
    expect(complaints).toEqual([])
  })

  test('is duplicated as another format, whose file is a download only', async () => {
    await page.getByRole('link', { name: 'Duplicate' }).click()
    await page.getByRole('heading', { name: 'Duplicate report' }).waitFor()
    expect(await page.getByLabel('First day').inputValue()).toBe('2026-03-01')
    await page.getByLabel('Format').selectOption('CSV, a row per job')
    await page.getByLabel('Whose jobs').selectOption('Everyone’s')
    await page.getByText('Makes a CSV file with a row per job: everyone’s jobs').waitFor()
    await page.getByRole('button', { name: 'Make report' }).click()
    await page.getByRole('heading', { name: /^Monthly report on everyone/ }).waitFor()
    await status(page).getByText('Completed').waitFor({ timeout: 60_000 })
    await page.getByText(/Europe\/Berlin time · CSV/).waitFor()
    expect(await page.getByTitle(/^First page of/).count()).toBe(0)
    await expectAccessible(page)
    const link = page.getByRole('link', { name: 'Download' })
    const answer = await page.request.get(`${await link.getAttribute('href')}?inline=1`)
    expect(answer.headers()['content-disposition']).toMatch(/^attachment/)
    expect(answer.headers()['content-security-policy']).toContain('sandbox')
    expect(await answer.text()).toContain('Welcome mail to ann@example.com')
  })

  test('is one click away on the overview', async () => {
    await page.goto('/')
    await page.getByRole('button', { name: 'Run report sample' }).click()
    await page.getByRole('heading', { name: /^Daily report/ }).waitFor()
    await status(page).getByText('Completed').waitFor({ timeout: 60_000 })
    expect(complaints).toEqual([])
  })
})
