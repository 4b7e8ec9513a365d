import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { sessionOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { openBrowser } from '@/test/support/browser'
import { createJobRecord } from '@/test/support/owner'

const app = apiApp()

let browser: Browser
let admin: ApiUser
let page: Page
let job = ''

beforeAll(async () => {
  // As on Windows and Linux, where they take space of their own.
  browser = await openBrowser({ ignoreDefaultArgs: ['--hide-scrollbars'] })
  admin = await createApiUser('ADMIN')
  job = await createJobRecord(admin.userId, 'image', { operations: [] }, 'COMPLETED')
  await prisma().job.update({ where: { id: job }, data: { finishedAt: new Date() } })
  const { cookie = '' } = await sessionOf(admin)
  const [name = '', ...value] = cookie.split('=')
  const context = await browser.newContext({ baseURL: app.url() })
  await context.addCookies([{ name, value: value.join('='), url: app.url() }])
  page = await context.newPage()
})

afterAll(() => browser?.close())

/** Bars and fields that scroll by less than a line: such a scrollbar shows nothing. */
function strayScrollbars(): Promise<string[]> {
  return page.evaluate(() => {
    const [LINE, BAR] = [16, 100]
    return [...document.querySelectorAll<HTMLElement>('body, body *')].flatMap((element) => {
      const { overflowX, overflowY } = getComputedStyle(element)
      const [across, down] = [
        element.scrollWidth - element.clientWidth,
        element.scrollHeight - element.clientHeight,
      ]
      const isStray = (overflow: string, length: number) =>
        /auto|scroll/.test(overflow) && length > 0 && length < LINE && element.clientHeight < BAR
      const name = element.getAttribute('aria-label') ?? element.className
      return [
        ...(isStray(overflowX, across) ? [`${name} by ${across} px across`] : []),
        ...(isStray(overflowY, down) ? [`${name} by ${down} px down`] : []),
      ]
    })
  })
}

const paths = [
  ...['/', '/jobs', '/errors', '/batches', '/schedules', '/files', '/outbox', '/webhooks'],
  ...['/notifications', '/settings', '/settings/api-keys', '/settings/suppressions'],
  ...['/jobs/new', '/jobs/new/email', '/jobs/new/email/list', '/schedules/new', '/api-docs'],
  ...['/admin', '/admin/queue/email', '/admin/users', '/admin/alerts', '/admin/alerts/rules'],
  ...['/admin/audit', '/admin/pauses', '/admin/retention'],
]

test.each([1280, 360])(
  'no page has a scrollbar that shows nothing, at %i px',
  async (width) => {
    await page.setViewportSize({ width, height: 900 })
    for (const path of [...paths, `/jobs/${job}`, `/admin/users/${admin.userId}`]) {
      await page.goto(path)
      await page.getByRole('main').getByRole('heading').first().waitFor()
      expect(await strayScrollbars(), path).toEqual([])
    }
  },
  120_000,
)

test('this finds such a scrollbar, where there is one', async () => {
  await page.goto('/admin')
  const tabs = page.getByRole('main').getByRole('navigation').first()
  await tabs.evaluate((element) => {
    element.style.cssText = 'overflow: auto; padding-bottom: 0; height: 37px'
    element.setAttribute('aria-label', 'Tabs as they were')
  })
  expect((await strayScrollbars()).join()).toContain('Tabs as they were')
})
