import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { sessionOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { expectAccessible, expectNoSidewaysScroll, openBrowser } from '@/test/support/browser'
import { makeMails, openAs, openMenu } from '@/test/support/job-pages'

const app = apiApp({ queues: ['bulk-actions'] })

let browser: Browser
let ann: ApiUser
let page: Page
const complaints: string[] = []

async function lookAtPage(): Promise<void> {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
}

beforeAll(async () => {
  browser = await openBrowser()
  ann = await createApiUser()
  page = await openAs(browser, app.url(), ann, complaints)
})

afterAll(async () => {
  await page?.close()
  await browser?.close()
})

describe('the history', () => {
  test('retries two that were chosen, by keyboard', async () => {
    const [first = '', second = '', third = ''] = await makeMails(ann, 3, true)
    await page.goto('/jobs?status=failed')
    const boxes = page.locator('tbody input[type=checkbox]')
    expect(await page.getByRole('button', { name: 'Retry', exact: true }).count()).toBe(0)
    await boxes.nth(0).focus()
    await page.keyboard.press('Space')
    await boxes.nth(1).check()
    await page.getByText('2 selected').waitFor()
    await lookAtPage()
    await page.getByRole('button', { name: 'Retry', exact: true }).press('Enter')
    await page.getByText('2 jobs queued again.').waitFor()
    await page.getByText('2 selected').waitFor({ state: 'hidden' })
    const status = async (id: string) =>
      (await prisma().job.findUniqueOrThrow({ where: { id } })).status
    expect(await Promise.all([first, second, third].map(status))).toEqual([
      ...['QUEUED', 'QUEUED', 'FAILED'],
    ])
  })

  test('deletes a page that was chosen, after asking', async () => {
    const [id = ''] = await makeMails(ann, 1, true)
    await page.goto('/jobs?status=failed')
    await page.getByLabel('Select page').check()
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete 2 jobs?' })
    await dialog.getByRole('button', { name: 'Delete 2 jobs' }).click()
    await page.getByText('2 jobs deleted.').waitFor()
    await page.getByText('No jobs match').waitFor()
    await expect.poll(() => prisma().job.count({ where: { id } }), { timeout: 30_000 }).toBe(0)
  })

  test('acts on all that match: the number and a sample before, progress, the result after', async () => {
    await makeMails(ann, 1_300, false)
    await page.goto('/jobs?tag=fine')
    await page.getByLabel('Select page').check()
    await page.getByRole('button', { name: 'Select all 1,000+' }).click()
    await page.getByText('all 1,000+ selected').waitFor()
    await page.getByRole('link', { name: 'Cancel…' }).click()
    await page.getByRole('heading', { name: 'Cancel 1,300 jobs?' }).waitFor()
    await page.getByText('All that match: tag fine').waitFor()
    await page.getByText('The newest 5 of them').waitFor()
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(5)
    await lookAtPage()
    await page.getByRole('button', { name: 'Cancel 1,300 jobs' }).click()
    await page.getByRole('heading', { name: 'Cancel all that match: tag fine' }).waitFor()
    await page.getByText('1,300 of 1,300 jobs that matched were canceled').waitFor()
    await lookAtPage()
    const where = { ownerId: ann.userId, tags: { has: 'fine' } }
    expect(await prisma().job.count({ where: { ...where, status: 'CANCELED' } })).toBe(1_300)
    await page.getByRole('link', { name: 'The jobs of this filter' }).click()
    await page.getByRole('link', { name: 'Remove the filter Tag' }).waitFor()
    await openMenu(page, 'All that match')
    await page.getByRole('link', { name: 'Cancel…' }).click()
    await page.getByRole('heading', { name: 'There is nothing to cancel' }).waitFor()
    await lookAtPage()
  })

  test('exports what the filter matches', async () => {
    await page.goto('/jobs?tag=fine&status=canceled')
    await openMenu(page, 'All that match')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^jobs-canceled-tag-fine-[\d-]{10}\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(1_301)
    expect(lines[0]).toContain('id,type,title,status')
    expect(new Set(lines.slice(1).map((line) => line.split(',')[3]))).toEqual(new Set(['canceled']))
  })

  test('leads from a group of errors to its jobs, and from a job to the others', async () => {
    await makeMails(ann, 4, true)
    await page.goto('/jobs')
    await page.getByRole('link', { name: '4 failed today' }).waitFor()
    await page.getByRole('link', { name: 'Errors' }).click()
    const row = page.getByRole('row', { name: /The mail server refused/ })
    await row.getByRole('cell', { name: '4', exact: true }).waitFor()
    await lookAtPage()
    await row.getByRole('link', { name: /The mail server refused/ }).click()
    await page.getByRole('link', { name: 'Remove the filter Error' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(4)
    await lookAtPage()
    await page.locator('tbody tr a').first().click()
    await page.getByRole('link', { name: '3 other jobs failed like this' }).click()
    await page.getByRole('link', { name: 'Remove the filter Error' }).waitFor()
  })

  test('is one’s own: others see, choose, count and change none of it', async () => {
    const bob = await createApiUser()
    const other = await openAs(browser, app.url(), bob, complaints)
    await other.goto(`/jobs?owner=${ann.userId}`)
    await other.getByText('No jobs yet').waitFor()
    await other.goto(`/jobs/matching?action=delete&owner=${ann.userId}`)
    await other.getByText('There is nothing to delete').waitFor()
    await other.goto('/errors')
    await other.getByText('No job has failed').waitFor()
    await makeMails(bob, 2, true)
    await other.goto('/jobs')
    const before = await prisma().job.count({ where: { ownerId: ann.userId } })
    const theirs = await prisma().job.findFirstOrThrow({
      where: { ownerId: ann.userId, status: 'FAILED' },
    })
    await other.locator('tbody input[type=checkbox]').first().check()
    await other.evaluate((id) => {
      const forged = document.createElement('input')
      Object.assign(forged, { name: 'job', value: id, hidden: true })
      forged.setAttribute('form', 'selection')
      document.body.append(forged)
    }, theirs.id)
    await other.getByRole('button', { name: 'Delete', exact: true }).click()
    await other
      .getByRole('dialog')
      .getByRole('button', { name: /^Delete 1 job/ })
      .click()
    await other.getByText('1 job deleted. 1 other left unchanged.').waitFor()
    expect(await prisma().job.count({ where: { ownerId: ann.userId } })).toBe(before)
    await other.close()
  })

  test('shows an admin whose jobs they are, and those of one person', async () => {
    const admin = await createApiUser('ADMIN')
    await prisma().user.update({ where: { id: ann.userId }, data: { name: 'Ann of the mill' } })
    const all = await openAs(browser, app.url(), admin, complaints)
    await all.goto('/jobs')
    await all.getByLabel('Search jobs').fill('owner:"of the mill"')
    await all.getByLabel('Search jobs').press('Enter')
    await all.getByRole('link', { name: 'Remove the filter Owner' }).waitFor()
    await all.getByRole('cell', { name: 'Ann of the mill' }).first().waitFor()
    expect(new URL(all.url()).searchParams.get('owner')).toBe(ann.userId)
    await all.goto('/jobs?q=owner:ann')
    await all.getByRole('navigation', { name: 'Whose jobs' }).waitFor()
    await all.goto('/errors')
    await all.getByRole('cell', { name: 'Ann and 1 more' }).waitFor()
    await all.close()
  })

  test('can be read without scripts', async () => {
    const { cookie = '' } = await sessionOf(ann)
    const context = await browser.newContext({ baseURL: app.url(), javaScriptEnabled: false })
    const [name = '', ...value] = cookie.split('=')
    await context.addCookies([{ name, value: value.join('='), url: app.url() }])
    const plain = await context.newPage()
    await plain.goto('/jobs?tag=fine')
    expect(await plain.locator('tbody tr').count()).toBe(30)
    await plain.getByRole('link', { name: 'Older ›' }).click()
    await plain.waitForURL(/cursor=/)
    await plain.locator('tbody tr').first().waitFor()
    expect(await plain.locator('tbody tr').count()).toBe(30)
    await context.close()
  })

  test('makes no page complain', async () => {
    await page.close()
    expect(complaints).toEqual([])
  })
})
