import fs from 'node:fs'
import type { Browser, Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp } from '@/test/support/app'
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'
import { startRedis, type TestRedis } from '@/test/support/redis'
import { setUpOwner } from '@/test/support/set-up'

/** Noise keeps an encoder busy long enough to be watched. */
function noise(width: number, height: number): Promise<Buffer> {
  const gauss = { type: 'gaussian', mean: 128, sigma: 50 } as const
  return sharp({ create: { width, height, channels: 3, background: 'grey', noise: gauss } })
    .jpeg({ quality: 80 })
    .toBuffer()
}

/** Drops a file as a person does, with the mouse. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const data = await page.evaluateHandle(
    ([base64, fileName]) => {
      const content = Uint8Array.from(atob(`${base64}`), (char) => char.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], `${fileName}`, { type: 'image/jpeg' }))
      return transfer
    },
    [bytes.toString('base64'), name],
  )
  const target = page.getByRole('group', { name: 'Images' })
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await target.dispatchEvent(event, { dataTransfer: data })
  }
}

const status = (page: Page) => page.getByRole('main').getByRole('status').first()

describe.each(['PostgreSQL', 'Redis'])('first light, queues in %s', (backend) => {
  let app: App
  let redis: TestRedis | undefined
  let browser: Browser
  let page: Page
  let complaints: string[]
  let imageJob = ''
  let mailJob = ''

  beforeAll(async () => {
    if (backend === 'Redis') redis = await startRedis()
    app = await createApp(redis ? { REDIS_URL: redis.url } : {})
    await app.start()
    browser = await openBrowser()
    const context = await browser.newContext({ baseURL: app.url, acceptDownloads: true })
    page = await context.newPage()
    complaints = complaintsOf(page)
  }, 240_000)

  afterAll(async () => {
    await browser?.close()
    await app?.remove()
    await redis?.stop()
  })

  test('leads to the set-up, creates the owner and shows an overview with samples', async () => {
    await page.goto('/')
    expect(new URL(page.url()).pathname).toBe('/setup')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await setUpOwner(page)
    await page.getByRole('button', { name: 'Run image sample' }).waitFor()
    await page.goto('/setup')
    await page.getByText('There is nothing here').waitFor()
  })

  test('resizes and watermarks a dropped image, live, and gives it back', async () => {
    await page.goto('/jobs/new/image')
    await drop(page, 'beach.jpg', await noise(3_000, 2_000))
    await page.getByRole('img', { name: 'Preview of beach.jpg' }).waitFor()
    await page.getByLabel('Width').fill('2400')
    await page.getByRole('button', { name: 'Watermark' }).click()
    await page.getByLabel('Text').fill('© Ann')
    await page.getByText('Makes a WebP, 2400 pixels wide, watermarked “© Ann”.').waitFor()
    await page.getByText('beach.jpg · 2400 × 1600 pixels').waitFor()
    await expectAccessible(page)
    await page.getByRole('list', { name: 'Chosen images' }).getByText(/MB$/).waitFor()
    await page.getByRole('button', { name: 'Run 1 job' }).click()

    await page.getByRole('heading', { name: 'Resize + watermark beach.jpg' }).waitFor()
    imageJob = new URL(page.url()).pathname
    await page.evaluate(() => {
      document.documentElement.dataset.loaded = 'once'
    })
    await page.getByRole('progressbar', { name: 'Progress' }).waitFor()
    await status(page).getByText('Completed').waitFor({ timeout: 60_000 })
    const pictures = page.getByRole('figure').getByRole('img')
    await pictures.nth(1).waitFor()
    await page.waitForFunction(() =>
      [...document.querySelectorAll('figure img')].every(
        (image) => image instanceof HTMLImageElement && image.naturalWidth > 0,
      ),
    )
    expect(await page.evaluate(() => document.documentElement.dataset.loaded)).toBe('once')
    await expectAccessible(page)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^beach.*\.webp$/)
    const made = await sharp(fs.readFileSync(await download.path())).metadata()
    expect(made).toMatchObject({ format: 'webp', width: 2_400, height: 1_600 })
  })

  test('sends a mail from a template and shows it in the outbox', async () => {
    await page.goto('/jobs/new/email')
    await page.getByLabel('Template').selectOption('Notice')
    await page.getByRole('textbox', { name: 'Title' }).fill('The mill is open')
    const preview = page.frameLocator('iframe[title="Preview of the mail"]')
    await preview.getByRole('heading', { name: 'The mill is open' }).waitFor()
    await page.getByLabel('To', { exact: true }).fill('not an address')
    await page.getByRole('button', { name: 'Send email' }).click()
    await page.getByText('Expected one email address').waitFor()
    expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('The mill is open')
    await page.getByLabel('To', { exact: true }).fill('bob@example.com')
    await page.getByRole('button', { name: 'Send email' }).click()

    await page.getByRole('heading', { name: 'The mill is open → bob@example.com' }).waitFor()
    mailJob = new URL(page.url()).pathname
    await status(page).getByText('Completed').waitFor({ timeout: 30_000 })
    await page.getByRole('link', { name: 'Open it there' }).click()
    await page.getByRole('heading', { level: 1, name: 'The mill is open' }).waitFor()
    const kept = page.frameLocator('iframe')
    await kept.getByRole('heading', { name: 'The mill is open' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })

  // Pages look the same wherever the queues are.
  if (backend === 'PostgreSQL') {
    test('has pages that axe finds nothing on, and that fit a phone', async () => {
      const fixed = ['/', '/jobs', '/jobs?q=nothing+like+this', '/jobs/new', '/jobs/new/email']
      const more = ['/jobs/new/image', '/files', '/outbox', '/settings', '/settings/api-keys']
      for (const path of [...fixed, ...more, imageJob, mailJob, '/jobs/none']) {
        await page.goto(path)
        await expectNoSidewaysScroll(page)
        await expectAccessible(page)
      }
      expect(complaints).toEqual([])
    }, 180_000)

    test('has no transition, not the shortest, for a person who wants less motion', async () => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await page.goto(imageJob)
      await page.waitForSelector('html[data-mantine-color-scheme="light"]')
      const [before, after] = await page
        .getByRole('main')
        .locator('code')
        .first()
        .evaluate((code) => {
          const light = getComputedStyle(code).color
          document.documentElement.dataset.mantineColorScheme = 'dark'
          return [light, getComputedStyle(code).color]
        })
      expect(after).not.toBe(before)
    })
  }

  test('shows a change by itself, filters without scripts, and knows its keys', async () => {
    const context = await browser.newContext({
      baseURL: app.url,
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    })
    const plain = await context.newPage()
    await plain.goto('/jobs?type=image')
    await plain.getByRole('link', { name: 'Resize + watermark beach.jpg' }).click()
    await plain.getByText('Attempt 1: completed').waitFor()
    await context.close()

    // What happens before the page follows its stream is in the list at once, without a button.
    const stream = page.waitForResponse((response) => response.url().includes('/api/v1/live'))
    await page.goto('/jobs')
    await stream
    const other = await page.context().newPage()
    await other.goto('/')
    await other.getByRole('button', { name: 'Run email sample' }).click()
    await other.getByRole('heading', { name: /Welcome mail/ }).waitFor()
    await other.close()
    await page.bringToFront()
    await page.getByRole('button', { name: '1 new job' }).click()
    const row = page.getByRole('row', { name: /Welcome mail/ }).first()
    await row.getByText('Completed').waitFor({ timeout: 30_000 })

    await page.keyboard.press('/')
    await page.locator('input[type="search"]:focus').waitFor()
    await page.getByRole('heading', { name: 'Jobs' }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await page.waitForURL('**/jobs/new')
  })

  test('finishes a job that a stop interrupted, after the next start', async () => {
    await page.goto('/jobs/new/image')
    await drop(page, 'long.jpg', await noise(4_000, 3_000))
    await page.getByLabel('Width').fill('4000')
    await page.getByLabel('Format').selectOption('AVIF')
    await page.getByRole('list', { name: 'Chosen images' }).getByText(/MB$/).waitFor()
    await page.getByRole('button', { name: 'Run 1 job' }).click()
    await status(page).getByText('Active').waitFor()
    expect(await app.stop()).toBe(0)
    await page.getByText('The connection is lost').waitFor({ timeout: 30_000 })
    await app.start()
    await status(page).getByText('Completed').waitFor({ timeout: 120_000 })
    await page.getByText('The connection is lost').waitFor({ state: 'detached' })
    await expectAccessible(page)
  }, 240_000)
})
