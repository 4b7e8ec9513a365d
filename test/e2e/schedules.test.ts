import fs from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
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

const given = () => page.getByRole('group', { name: 'What each job is given' })
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
    await given().getByLabel('To').fill('nobody')
    await given().getByLabel('Template').selectOption('Welcome')
    await given().getByLabel('Variables').fill('name: Ann')
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
    await given().getByText('Expected one email address').waitFor()
    expect(await given().getByLabel('To').getAttribute('aria-invalid')).toBe('true')
    expect(await given().getByLabel('To').inputValue()).toBe('nobody')
    expect(await given().getByLabel('Variables').inputValue()).toBe('name: Ann')
    expect(await pattern.inputValue()).toBe('30 2 * * 1-5')
    await given().getByLabel('To').fill('ann@example.com')
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
    await page.getByLabel('Runs at').fill('0 4 * * *')
    expect(await given().count()).toBe(0)
    await page.getByRole('button', { name: 'Save schedule' }).click()
    await page.getByText('At 04:00').waitFor()
    await check()
  })
})

describe('a schedule of each job type', () => {
  async function inputOf(name: string): Promise<unknown> {
    const response = await page.request.get('/api/v1/schedules')
    const { data } = await response.json()
    return data.find((schedule: { name: string }) => schedule.name === name)?.input
  }

  async function create(name: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await page.getByRole('heading', { name }).waitFor()
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

  /** Opens a new job's form for a schedule: what is entered before scripts run is lost on them. */
  async function openForSchedule(path: string): Promise<void> {
    await page.goto(path)
    const choose = page.getByRole('button', { name: 'Choose the times' })
    await vi.waitFor(async () => {
      await page.getByLabel('Now', { exact: true }).check()
      await page.getByLabel('On a schedule').check()
      await choose.waitFor({ timeout: 1_000 })
    }, 20_000)
  }

  test('an image, chosen by its name, with steps that are added and taken away', async () => {
    const fileId = await uploadImage()
    await page.goto('/schedules/new?type=image')
    await given().getByLabel('Image', { exact: true }).selectOption('mill.jpg')
    const add = given().getByRole('button', { name: 'Add operation' })
    for (let count = 0; count < 3; count += 1) await add.click()
    const step = (number: number) => given().getByRole('group', { name: `Operation ${number}` })
    await step(1).getByLabel('Width').fill('0')
    await step(2).getByLabel('Kind').selectOption('Crop')
    await step(3).getByLabel('Kind').selectOption('Watermark')
    await step(3).getByLabel('Text').fill('© Ann')
    await given().getByRole('button', { name: 'Remove operation 2' }).click()
    await check()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nightly thumbs')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await step(1).getByText('Expected at least 1 pixel').waitFor()
    expect(await step(2).getByLabel('Text').inputValue()).toBe('© Ann')
    await check()
    await step(1).getByLabel('Width').fill('400')
    await create('Nightly thumbs')
    expect(await inputOf('Nightly thumbs')).toEqual({
      fileId,
      operations: [
        { type: 'resize', width: 400, fit: 'cover' },
        { type: 'watermark', text: '© Ann', gravity: 'southeast' },
      ],
    })
    await page.getByRole('link', { name: 'Edit' }).click()
    expect(await step(1).getByLabel('Width').inputValue()).toBe('400')
    const image = given().getByLabel('Image', { exact: true }).first()
    expect(await image.inputValue()).toBe(fileId)
    await check()
  })

  test('a report, whose days move on with each run', async () => {
    await openForSchedule('/jobs/new/report')
    await page.getByLabel('Format').selectOption('xlsx')
    await page.getByText('of the last 30 days before each run').waitFor()
    await check()
    await page.getByRole('button', { name: 'Choose the times' }).click()
    await page.getByRole('heading', { name: 'New schedule' }).waitFor()
    await expect.poll(() => given().getByLabel('Format').inputValue()).toBe('xlsx')
    expect(await given().getByLabel('From').inputValue()).toBe('')
    await check()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Weekly figures')
    await given().getByLabel('From').fill('soon')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await given().getByText('Expected a day like 2026-01-31').waitFor()
    await given().getByLabel('From').fill('')
    await create('Weekly figures')
    expect(await inputOf('Weekly figures')).toMatchObject({ period: 'daily', format: 'xlsx' })
  })

  test('a webhook, carried over from the form of a new one with all that was typed', async () => {
    await openForSchedule('/jobs/new/webhook')
    await page.getByLabel('URL').fill('https://shop.example.com/hooks')
    await page.getByLabel('Event').fill('stock.counted')
    await page.getByLabel('Headers').fill('X-Team: blue')
    await page.getByRole('button', { name: 'Choose the times' }).click()
    await expect.poll(() => given().getByLabel('Event').inputValue()).toBe('stock.counted')
    expect(await given().getByLabel('More headers').inputValue()).toBe('X-Team: blue')
    await create('Stock each night')
    expect(await inputOf('Stock each night')).toMatchObject({
      url: 'https://shop.example.com/hooks',
      event: 'stock.counted',
      payload: { orderId: 'A-1001', total: 42.5 },
    })
  })

  test('an email, carried over; and another type is chosen there', async () => {
    await openForSchedule('/jobs/new/email')
    await page.getByLabel('Template').selectOption('notice')
    await page.getByRole('textbox', { name: 'To', exact: true }).fill('ann@example.com')
    await page.getByRole('button', { name: 'Choose the times' }).click()
    await expect.poll(() => given().getByLabel('To').inputValue()).toBe('ann@example.com')
    expect(await given().getByLabel('Template').inputValue()).toBe('notice')
    await page.getByLabel('Job type').selectOption('Report')
    await given().getByLabel('Period').waitFor()
    await page.getByLabel('Job type').selectOption('Email')
    expect(await given().getByLabel('To').inputValue()).toBe('ann@example.com')
    await create('Notice each morning')
    expect(complaints).toEqual([])
  })
})
