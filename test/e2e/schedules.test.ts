import fs from 'node:fs'
import path from 'node:path'
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
  await setUpOwner(page)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await app?.remove()
})

const main = () => page.getByRole('main')
const every = () => page.getByLabel('Every', { exact: true })
const pattern = () => page.getByLabel('Cron pattern')
const name = () => page.getByLabel('Name of the schedule')
const to = () => page.getByLabel('To', { exact: true })
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
    await page.getByRole('heading', { name: 'New schedule' }).waitFor()
    await check()
    await page.getByRole('main').getByRole('link', { name: 'Email' }).click()
    await to().fill('nobody')
    await page.getByLabel('Template').selectOption('Welcome')
    await page.getByLabel('Name', { exact: true }).fill('Ann')
    const meaning = page.getByRole('region', { name: 'What this means' })
    await meaning.getByText('At 09:00, only on Monday').waitFor()
    expect(await name().inputValue()).toBe('Weekly email, Mondays')
    await page.getByText('Advanced').click()
    await pattern().fill('every day')
    await page.getByText('Expected five fields').waitFor()
    await pattern().fill('0 9 * * *')
    expect(await every().inputValue()).toBe('* * *')
    expect(await name().inputValue()).toBe('Daily email')
    await every().selectOption('workday')
    await page.getByLabel('At', { exact: true }).fill('02:30')
    expect(await pattern().inputValue()).toBe('30 2 * * 1-5')
    expect(await name().inputValue()).toBe('Daily email, workdays')
    await meaning.getByText('At 02:30, Monday through Friday').waitFor()
    await name().fill('Morning mail')
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Berlin')
    const times = await meaning.getByRole('listitem').allInnerTexts()
    expect(times).toHaveLength(5)
    for (const time of times) expect(time).toMatch(/^(Mon|Tue|Wed|Thu|Fri).*02:30$/)
    await check()

    await page.getByRole('button', { name: 'Create schedule' }).click()
    await main().getByText('Expected one email address').waitFor()
    expect(await to().getAttribute('aria-invalid')).toBe('true')
    expect(await to().inputValue()).toBe('nobody')
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ann')
    expect(await pattern().inputValue()).toBe('30 2 * * 1-5')
    await to().fill('ann@example.com')
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
    await name().fill('Mail each second')
    await page.getByText('Advanced').click()
    await pattern().fill('* * * * * *')
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
    await pattern().fill('0 9 1 1 *')
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
    await every().selectOption('day')
    await page.getByLabel('At', { exact: true }).fill('04:00')
    expect(await name().count()).toBe(0)
    await page.getByRole('button', { name: 'Save schedule' }).click()
    await page.getByText('At 04:00').waitFor()
    await check()
  })
})

describe('a schedule of each job type', () => {
  async function inputOf(called: string): Promise<unknown> {
    const response = await page.request.get('/api/v1/schedules')
    const { data } = await response.json()
    return data.find((schedule: { name: string }) => schedule.name === called)?.input
  }

  async function create(called: string): Promise<void> {
    await name().fill(called)
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await page.getByRole('heading', { name: called }).waitFor()
  }

  async function uploadImage(): Promise<string> {
    const picture = path.join(import.meta.dirname, '../../public/samples/river-mill.jpg')
    const response = await page.request.post('/api/v1/files', {
      headers: { origin: app.url },
      multipart: {
        file: { name: 'mill.jpg', mimeType: 'image/jpeg', buffer: fs.readFileSync(picture) },
      },
    })
    expect(response.status()).toBe(201)
    return (await response.json()).file.id
  }

  /** Opens a new job's form, for a schedule. */
  async function openForSchedule(path: string): Promise<void> {
    await page.goto(path)
    await page.getByLabel('On a schedule').check()
    await page.getByRole('button', { name: 'Create schedule' }).waitFor()
  }

  test('an image, chosen by its name, with steps that are added and taken away', async () => {
    const fileId = await uploadImage()
    await page.goto('/schedules/new?type=image')
    const image = main().getByLabel('Or an earlier image')
    await image.selectOption('mill.jpg')
    const step = (number: number) =>
      main().getByRole('group', { name: new RegExp(`^${number}\\. `) })
    await step(1).getByLabel('Width').fill('0')
    await main().getByRole('button', { name: 'Crop', exact: true }).click()
    await main().getByRole('button', { name: 'Watermark', exact: true }).click()
    await step(3).getByLabel('Text').fill('© Ann')
    await main().getByRole('button', { name: 'Move step 3 up' }).click()
    await main().getByRole('button', { name: 'Remove step 3' }).click()
    await check()
    await name().fill('Nightly thumbs')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await step(1).getByText('Expected at least 1 pixel').waitFor()
    expect(await step(2).getByLabel('Text').inputValue()).toBe('© Ann')
    await check()
    await step(1).getByLabel('Width').fill('400')
    await create('Nightly thumbs')
    expect(await inputOf('Nightly thumbs')).toEqual({
      fileId,
      operations: [
        { type: 'resize', width: 400 },
        { type: 'watermark', text: '© Ann', gravity: 'southeast' },
      ],
      format: 'webp',
      quality: 85,
    })
    await page.getByRole('link', { name: 'Edit' }).click()
    expect(await step(1).getByLabel('Width').inputValue()).toBe('400')
    expect(await image.inputValue()).toBe(fileId)
    await check()
  })

  test('a report, whose days move on with each run unless they are chosen', async () => {
    await openForSchedule('/jobs/new/report')
    await page.getByLabel('Format').selectOption('xlsx')
    await page.getByText('of the last 30 days before each run').waitFor()
    expect(await page.getByLabel('Time zone').count()).toBe(1)
    expect(await name().inputValue()).toBe('Weekly report, Mondays')
    await check()
    await page.getByLabel('Range').selectOption('Choose dates')
    await page.getByLabel('First day').fill('2026-03-02')
    await page.getByLabel('Last day').fill('2026-03-01')
    await name().fill('Weekly figures')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await page.getByText('Expected a day or time after from').waitFor()
    expect(await page.getByLabel('Format').inputValue()).toBe('xlsx')
    await check()
    await page.getByLabel('Range').selectOption('The time before each run')
    await create('Weekly figures')
    const input = await inputOf('Weekly figures')
    expect(input).toMatchObject({ period: 'daily', format: 'xlsx', timezone: 'Europe/Berlin' })
    expect(input).not.toHaveProperty('from')
  })

  test('a webhook, from the form of a new one with all that was typed', async () => {
    await openForSchedule('/jobs/new/webhook')
    await page.getByLabel('URL').fill('https://shop.example.com/hooks')
    await page.getByLabel('Event').fill('stock.counted')
    await page.getByLabel('Headers').fill('X-Team: blue')
    await create('Stock each night')
    expect(await inputOf('Stock each night')).toMatchObject({
      url: 'https://shop.example.com/hooks',
      event: 'stock.counted',
      headers: { 'X-Team': 'blue' },
      payload: { orderId: 'A-1001', total: 42.5 },
    })
  })

  test('an email; what was typed stays while another type is looked at', async () => {
    await page.goto('/schedules/new')
    await main().getByRole('link', { name: 'Email' }).click()
    await page.getByLabel('Template').selectOption('notice')
    await to().fill('ann@example.com')
    await main().getByLabel('Title').fill('Good morning')
    await page.goBack()
    await main().getByRole('link', { name: 'Report' }).click()
    await main().getByLabel('A row per').waitFor()
    await page.goBack()
    await main().getByRole('link', { name: 'Email' }).click()
    await page.getByText('What you entered before is back.').waitFor()
    expect(await to().inputValue()).toBe('ann@example.com')
    expect(await main().getByLabel('Template').inputValue()).toBe('notice')
    await create('Notice each morning')
    expect(await inputOf('Notice each morning')).toEqual({
      template: 'notice',
      to: 'ann@example.com',
      variables: { title: 'Good morning' },
    })
    await page.goto('/jobs/new/email')
    await page.getByLabel('On a schedule').check()
    await to().fill('bob@example.com')
    await create('Welcome each morning')
    expect(complaints).toEqual([])
  })
})
