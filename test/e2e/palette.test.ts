import type { Browser, BrowserContext, Page } from 'playwright'
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
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  app = await createApp()
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
})

const palette = () => page.getByRole('dialog', { name: 'Go to or search' })
const field = () => palette().getByRole('combobox')
const options = () => palette().getByRole('option')
const active = () => palette().getByRole('option', { selected: true })

async function submitMail(to: string): Promise<string> {
  const response = await context.request.post('/api/v1/jobs', {
    headers: { origin: app.url },
    data: { type: 'email', input: { to, template: 'welcome' }, delayMs: 3_600_000 },
  })
  expect(response.status()).toBe(202)
  return (await response.json()).job.id
}

describe('the palette', () => {
  test('is loaded when it is asked for, and opens from the keyboard and the search’s button', async () => {
    await page.goto('/files')
    const scripts: string[] = []
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url())
    })
    await page.getByRole('heading', { name: 'Files', exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    scripts.length = 0
    await page.keyboard.press('Control+k')
    await field().waitFor()
    await expect.poll(() => scripts.length).toBeGreaterThan(0)
    await expect.poll(() => field().evaluate((node) => node === document.activeElement)).toBe(true)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await palette().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Go anywhere' }).click()
    await field().waitFor()
    await page.keyboard.press('Escape')
    await palette().waitFor({ state: 'detached' })
    await page.goto('/jobs')
    await page.getByLabel('Search jobs').focus()
    await page.keyboard.press('Meta+k')
    await field().waitFor()
  })

  test('leads to pages and new jobs, chosen with the arrow keys', async () => {
    await field().fill('sched')
    expect(await options().allTextContents()).toEqual([
      expect.stringContaining('Schedules'),
      expect.stringContaining('New schedule'),
      expect.stringContaining('Search jobs for “sched”'),
    ])
    expect(await active().textContent()).toContain('Schedules')
    await page.keyboard.press('ArrowDown')
    expect(await active().textContent()).toContain('New schedule')
    expect(await field().getAttribute('aria-activedescendant')).toBe(
      await active().getAttribute('id'),
    )
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await active().textContent()).toContain('Search jobs')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/schedules')
    await page.keyboard.press('Control+k')
    await field().fill('image')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/jobs/new/image')
    await page.keyboard.press('Control+k')
    await field().fill('admin retention')
    await options().first().click()
    await page.waitForURL('**/admin/retention')
  })

  test('finds jobs by their text and their id, and asks the server only when typing pauses', async () => {
    const id = await submitMail('otter@example.com')
    await submitMail('heron@example.com')
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/find?')) asked.push(request.url())
    })
    await page.keyboard.press('Control+k')
    await field().pressSequentially('otter@', { delay: 20 })
    const found = options().filter({ hasText: 'Welcome mail to otter@example.com' })
    await found.waitFor()
    expect(await options().filter({ hasText: 'heron' }).count()).toBe(0)
    expect(asked.at(-1)).toContain('q=otter%40')
    expect(asked.length).toBeLessThan('otter@'.length)
    await expectAccessible(page)
    await field().fill(id)
    await found.waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/jobs/${id}`)
    await page.keyboard.press('Control+k')
    await field().fill('no such animal')
    await palette().getByText('1 result').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/jobs?q=no%20such%20animal')
  })

  test('is in the list of shortcuts', async () => {
    await page.getByRole('heading', { name: 'Jobs', exact: true }).click()
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await list.getByText('Go anywhere, do what the page can').waitFor()
    await page.keyboard.press('Control+k')
    expect(await palette().count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
  })
})

describe('a page and its stream', () => {
  /** Pages that are fetched again by scripts, not by their address. */
  function renewals(): string[] {
    const urls: string[] = []
    page.on('request', (request) => {
      if (request.headers().rsc && !request.headers()['next-router-prefetch']) {
        urls.push(request.url())
      }
    })
    return urls
  }

  test('a page is not renewed for nothing when its stream begins', async () => {
    const fetched = renewals()
    const stream = page.waitForResponse(/\/api\/v1\/live/)
    await page.goto('/jobs')
    await stream
    // What is looked for is something that does not come.
    await page.waitForTimeout(2_500)
    expect(fetched).toEqual([])
  })

  test('what happens before its stream begins is shown all the same', async () => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(/\/api\/v1\/live/, async (route) => {
      await held
      await route.continue()
    })
    await page.goto('/jobs')
    await page.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    const id = await submitMail('kingfisher@example.com')
    letGo()
    await page
      .getByRole('button', { name: /1 new job/ })
      .or(page.locator(`a[href="/jobs/${id}"]`))
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })
})
