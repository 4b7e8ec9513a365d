import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { openBrowser } from '@/test/support/browser'
import { makeMails, openAs } from '@/test/support/job-pages'

const app = apiApp()

let browser: Browser
let admin: ApiUser
let page: Page
let jobs: string[]

beforeAll(async () => {
  browser = await openBrowser()
  admin = await createApiUser('ADMIN')
  jobs = await makeMails(admin, 3, true)
  page = await openAs(browser, app.url(), admin)
})

afterAll(async () => {
  await browser?.close()
})

const palette = () => page.getByRole('dialog', { name: 'Go to or search' })
const options = () => palette().getByRole('option')
const statusOf = async (id = '') => (await prisma().job.findUniqueOrThrow({ where: { id } })).status

/** The address of the row that has the focus. */
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'))

async function open(path: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
}

describe('the palette', () => {
  test('loses no key that is pressed while it is on its way [finding 6]', async () => {
    await open('/jobs')
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route('**/*.js', async (route) => {
      await held
      await route.continue()
    })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('new em')
    await page.keyboard.press('Enter')
    expect(await palette().getByRole('combobox').inputValue()).toBe('new em')
    expect(new URL(page.url()).pathname).toBe('/jobs')
    letGo()
    await page.waitForURL('**/jobs/new/email')
    await page.unroute('**/*.js')
  })

  test('does what the page can, and changes the theme', async () => {
    const [, , oldest = ''] = jobs
    await open(`/jobs/${oldest}`)
    await page.keyboard.press('Control+k')
    await options().filter({ hasText: 'Duplicate' }).waitFor()
    await page.keyboard.type('retry')
    await options()
      .filter({ hasText: /^Retry/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => statusOf(oldest), { timeout: 20_000 }).toBe('QUEUED')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('theme dark')
    await page.keyboard.press('Enter')
    await page.waitForSelector('html[data-mantine-color-scheme="dark"]')
  })

  test('finds people by name and jobs by the beginning of their id', async () => {
    await prisma().user.update({ where: { id: admin.userId }, data: { name: 'Eva Otter' } })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('eva ott')
    await options().filter({ hasText: 'Eva Otter' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/admin/users/${admin.userId}`)
    const [newest = ''] = jobs
    await page.keyboard.press('Control+k')
    await page.keyboard.type(newest.slice(0, 30))
    await options().filter({ hasText: 'Notice mail to' }).first().waitFor()
  })
})

describe('keys', () => {
  test('move through a list, select, retry and open a row', async () => {
    const [newest = '', second = ''] = jobs
    await open('/jobs?status=failed')
    await page.keyboard.press('j')
    expect(await focused()).toBe(`/jobs/${newest}`)
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await focused()).toBe(`/jobs/${newest}`)
    await page.keyboard.press('x')
    await page.getByText('1 selected').waitFor()
    await page.keyboard.press('x')
    await page.getByText('1 selected').waitFor({ state: 'hidden' })
    await page.keyboard.press('r')
    await page.getByText('1 job queued again.').waitFor()
    expect(await statusOf(newest)).toBe('QUEUED')
    await open('/jobs?status=queued,failed')
    await page.keyboard.press('j')
    await page.keyboard.press('c')
    await page.getByRole('dialog', { name: 'Cancel 1 job?' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    expect(await focused()).toBe(`/jobs/${second}`)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/jobs/${second}`)
  })

  test('lead to every room, and are shown by ?', async () => {
    await open('/')
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    const rooms = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all()
    for (const room of rooms.slice(2))
      await list.getByText((await room.textContent()) ?? '', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    const keys = { s: '/schedules', e: '/errors', b: '/batches', a: '/admin', t: '/settings' }
    for (const [key, path] of Object.entries(keys)) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.waitForURL(`**${path}`)
    }
  })

  test('search the list and keep its filters [finding 12]', async () => {
    await open('/jobs?status=failed&type=email')
    await page.keyboard.press('/')
    await page.keyboard.type('person')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=person/)
    const { searchParams } = new URL(page.url())
    expect(searchParams.get('status')).toBe('failed')
    expect(searchParams.get('type')).toBe('email')
  })
})
