import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { EVENT_TAG } from '@/lib/webhooks/tags'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { expectAccessible, expectNoSidewaysScroll, openBrowser } from '@/test/support/browser'
import { makeMails, openAs, openMenu } from '@/test/support/job-pages'
import { createJobRecord } from '@/test/support/owner'

const app = apiApp()

let browser: Browser
let ann: ApiUser
let page: Page
const complaints: string[] = []

async function lookAtPage(): Promise<void> {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
}

/** The cells of the list whose content reaches over their edge. */
function clipped(on: Page): Promise<string[]> {
  return on
    .locator('td')
    .evaluateAll((cells) =>
      cells
        .filter((cell) => cell.textContent && cell.scrollWidth > cell.clientWidth)
        .map(({ textContent }) => textContent),
    )
}

beforeAll(async () => {
  browser = await openBrowser()
  ann = await createApiUser()
  await makeMails(ann, 8, true)
  page = await openAs(browser, app.url(), ann, complaints)
})

afterAll(async () => {
  await page?.close()
  await browser?.close()
})

describe('the list of jobs', () => {
  test('asks for several statuses, a tag and a time in the one search [finding 21]', async () => {
    const search = page.getByLabel('Search jobs')
    await page.goto('/jobs?type=email')
    await page.getByRole('heading', { name: 'Jobs', exact: true }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('status:failed,canceled tag:broken since:yesterday person1')
    await page.keyboard.press('Enter')
    await page.waitForURL(/period=yesterday/)
    const { searchParams } = new URL(page.url())
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ type: 'email', status: 'failed,canceled', tag: 'broken' },
      ...{ period: 'yesterday', q: 'person1' },
    })
    await page.getByRole('link', { name: 'Remove the filter Tag' }).waitFor()
    expect(await search.inputValue()).toBe('person1')
    expect(await page.locator('tbody tr').count()).toBe(1)
    await lookAtPage()
    await page.goto('/jobs?tag=broken')
    await openMenu(page, 'Status: Any status')
    await page.getByLabel(/^Failed/).check()
    await page.waitForURL(/status=failed/)
    await page.getByLabel(/^Canceled/).check()
    await page.waitForURL(/status=failed%2Ccanceled/)
    await search.fill('status:gone')
    await search.press('Enter')
    await page.getByText('“status:gone” is no status').waitFor()
  })

  test('folds the webhooks of events behind a chip [finding 14]', async () => {
    const id = await createJobRecord(ann.userId, 'webhook', {}, 'COMPLETED')
    await prisma().job.update({ where: { id }, data: { tags: [EVENT_TAG] } })
    const facts = { type: 'webhook', tags: [EVENT_TAG] }
    await prisma().jobFacts.update({ where: { jobId: id }, data: facts })
    await page.goto('/jobs')
    const row = page.getByRole('row', { name: /Test webhook/ })
    const chip = page.getByRole('link', { name: 'Deliveries hidden (1)' })
    await chip.waitFor()
    expect(await row.count()).toBe(0)
    await lookAtPage()
    await chip.click()
    await row.waitFor()
    await page.getByRole('link', { name: 'Remove the filter Deliveries' }).click()
    await row.waitFor({ state: 'detached' })
    await page.goto('/jobs?type=webhook')
    await row.waitFor()
  })

  test('keeps a filter as a tab, and shares it by its address', async () => {
    await page.goto('/jobs?status=failed&tag=broken')
    await openMenu(page, 'Save view')
    await page.getByLabel('Name of the view').fill('Broken mails')
    await lookAtPage()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const tab = page.getByRole('link', { name: 'Broken mails' })
    await tab.waitFor()
    expect(await tab.getAttribute('aria-current')).toBe('page')
    const shared = page.url()
    await page.goto('/jobs')
    await tab.click()
    await page.waitForURL(shared)
    const bob = await openAs(browser, app.url(), await createApiUser(), complaints)
    await bob.goto(shared)
    await bob.getByRole('link', { name: 'Broken mails' }).waitFor()
    await openMenu(bob, 'Save view')
    expect(await bob.getByLabel('Name of the view').inputValue()).toBe('Broken mails')
    await bob.close()
    await openMenu(page, 'All that match')
    await page.getByRole('button', { name: 'Delete view' }).click()
    await page.getByRole('link', { name: 'Broken mails' }).waitFor({ state: 'detached' })
    await openMenu(page, 'Save view')
  })

  test('shows six jobs on a phone, and its columns fit at any width [findings 4, 5]', async () => {
    await page.goto('/jobs?status=failed,canceled')
    for (const width of [1280, 1024, 901, 768]) {
      await page.setViewportSize({ width, height: 740 })
      expect(await clipped(page), `${width} px`).toEqual([])
    }
    await page.setViewportSize({ width: 360, height: 740 })
    const inView = await page
      .locator('tbody tr')
      .evaluateAll(
        (rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length,
      )
    expect(inView).toBeGreaterThanOrEqual(6)
    await page.getByRole('button', { name: 'Filters (1)' }).click()
    await page.getByLabel('Type').selectOption('email')
    await page.waitForURL(/type=email/)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Show the list' }).click()
    await page.setViewportSize({ width: 1280, height: 720 })
  })

  test('makes no page complain', async () => {
    await page.close()
    expect(complaints).toEqual([])
  })
})
