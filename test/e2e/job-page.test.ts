import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from '@/test/support/browser'
import { type JobRows, jobRows } from '@/test/support/job-rows'
import { type OwnedApp, openOwnedApp } from '@/test/support/owned-app'

let owned: OwnedApp
let page: Page
let rows: JobRows
let image = ''

const story = () => page.getByRole('region', { name: 'What happened' })
const input = () => page.getByRole('region', { name: 'Input' })
const why = () => page.getByRole('region', { name: 'Why it failed' })
const main = () => page.getByRole('main')
const primary = () => main().locator('[data-kind=primary]')

const failure = (code: string) => ({
  ...{ status: 'FAILED', finishedAt: new Date() },
  error: JSON.stringify({ name: 'JobError', code, message: `It broke: ${code}` }),
})

async function look(): Promise<void> {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
}

async function statusOf(path: string): Promise<number> {
  return (await page.request.get(path)).status()
}

beforeAll(async () => {
  owned = await openOwnedApp()
  page = owned.page
  const { rows: users } = await owned.client.query('SELECT id FROM "User"')
  rows = jobRows(owned.client, users[0].id)
  await page.getByRole('button', { name: 'Run image sample' }).click()
  await page.getByRole('status').getByText('Completed').waitFor({ timeout: 60_000 })
  image = new URL(page.url()).pathname
}, 240_000)

afterAll(() => owned?.close())

describe('the page of a job', () => {
  test('shows its input with names and pictures, to copy, and its story', async () => {
    await page.goto(image)
    await input()
      .getByRole('link', { name: /\.jpg$/ })
      .waitFor()
    const picture = input().locator('img').first()
    await picture.scrollIntoViewIfNeeded()
    await expect
      .poll(() => picture.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth))
      .toBeGreaterThan(0)
    await input().getByText('Step 1').waitFor()
    await input().getByText('800 px').waitFor()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await input().getByRole('button', { name: 'Copy input' }).click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(copied)).toMatchObject({ operations: [{ type: 'resize', width: 800 }, {}] })
    await story().getByText('Attempt 1: completed').waitFor()
    await story()
      .getByText(/^Made .* pixels/)
      .waitFor()
    await look()
  })

  test.each([
    ['result', 'result'],
    ['input', 'input'],
    ['attempts', 'story'],
    ['logs', 'story'],
    ['timeline', 'story'],
  ])('is where a link to its former tab %s leads', async (tab, section) => {
    await page.goto(`${image}?tab=${tab}`)
    await page.waitForURL(`**${image}#${section}`)
    await page.locator(`h2#${section}`).waitFor()
  })

  test('shows the log while it runs, as it grows, with problems in bold', async () => {
    const workerId = await rows.worker()
    const id = await rows.job({
      ...{ status: 'ACTIVE', startedAt: new Date(), workerId },
      progress: JSON.stringify({ percent: 62, message: 'Drawing the charts' }),
    })
    await rows.attempt({ jobId: id, workerId })
    await rows.log(id, 'INFO', 'Reading twelve weeks')
    await page.goto(`/jobs/${id}`)
    await story().getByText('Reading twelve weeks').waitFor()
    await story().getByText('Drawing the charts').waitFor()
    await page.getByRole('progressbar', { name: 'Progress' }).waitFor()
    await rows.log(id, 'WARN', 'PostgreSQL is slow')
    const problem = story().locator('strong', { hasText: 'PostgreSQL is slow' })
    await problem.waitFor()
    expect(await problem.evaluate((element) => getComputedStyle(element).fontWeight)).toBe('650')
    for (let line = 1; line <= 60; line++) await rows.log(id, 'INFO', `Week ${line} is read`)
    const last = story().getByText('Week 60 is read')
    await last.waitFor()
    // The end is followed, until somebody scrolls away from it.
    const inView = () =>
      last.evaluate((element) => {
        const box = element.closest('section[tabindex]')?.getBoundingClientRect()
        return (box?.bottom ?? 0) >= element.getBoundingClientRect().bottom
      })
    await expect.poll(inView).toBe(true)
    await look()
  })

  test('says what comes next, in the story', async () => {
    const due = new Date(Date.now() + 86_400_000)
    const id = await rows.job({
      ...{ status: 'RETRYING', nextAttemptAt: due },
      error: JSON.stringify({ name: 'Error', message: 'It broke once' }),
    })
    const [startedAt, finishedAt] = [new Date(Date.now() - 5_000), new Date()]
    const error = JSON.stringify({ name: 'Error', message: 'It broke once' })
    await rows.attempt({ jobId: id, outcome: 'FAILED', startedAt, finishedAt, error })
    await page.goto(`/jobs/${id}`)
    await story().getByText('Attempt 1: failed').waitFor()
    await story().locator('strong', { hasText: 'It broke once' }).waitFor()
    await story().getByText('Attempt 2 of 3 is next').waitFor()
    await story().getByText('in 23 h').waitFor()
    await look()
  })
})

describe('why it failed', () => {
  test('is told by what differs from the last success, by others alike, and with what to do', async () => {
    const payload = (total: number) => JSON.stringify({ event: 'order.paid', payload: { total } })
    const hook = { type: 'webhook', queue: 'webhooks', title: 'order.paid → shop' }
    const success = await rows.job({
      ...{ ...hook, status: 'COMPLETED', finishedAt: new Date(), input: payload(4) },
    })
    const bounds = { startedAt: new Date(Date.now() - 2_000), finishedAt: new Date() }
    await rows.attempt({ jobId: success, outcome: 'COMPLETED', ...bounds })
    const other = await rows.job({ ...hook, ...failure('connection_refused'), input: payload(1) })
    const failed = await rows.job({ ...hook, ...failure('connection_refused'), input: payload(5) })
    const quick = { startedAt: bounds.finishedAt, finishedAt: bounds.finishedAt }
    await rows.attempt({ jobId: failed, outcome: 'FAILED', ...quick })
    await page.goto(`/jobs/${failed}`)
    await why().getByText('It broke: connection_refused').waitFor()
    await why().getByText('Start the receiver, then retry.').waitFor()
    const differs = async (name: string) =>
      (await why().getByRole('row', { name }).getByRole('cell').allTextContents()).join(' | ')
    expect(await differs('Payload › total')).toBe('5 | 4')
    expect(await differs('Ran for')).toBe('0 s | 2.0 s')
    const alike = why().getByRole('link', { name: '1 other job failed like this' })
    await alike.waitFor()
    expect(await why().locator(`a[href="/jobs/${other}"]`).count()).toBe(1)
    expect(await why().locator(`a[href="/jobs/${success}"]`).count()).toBe(1)
    await look()
    await alike.click()
    await page.getByRole('link', { name: 'Remove the filter Error' }).waitFor()
  })

  test.each([
    ['connection_refused', 'Retry'],
    ['invalid_input', 'Duplicate with changes'],
    ['not_allowed', undefined],
  ])('after %s, the main button is %s', async (code, name) => {
    const id = await rows.job(failure(code))
    await page.goto(`/jobs/${id}`)
    await why().waitFor()
    expect(await primary().allTextContents()).toEqual(name ? [name] : [])
    await main().getByRole('button', { name: 'Retry' }).waitFor()
  })
})

describe('deleting it', () => {
  test.each([
    ['leaves the file it made', false],
    ['removes that as well where one says so', true],
  ])('%s', async (_words, also) => {
    await page.goto('/')
    await page.getByRole('button', { name: 'Run image sample' }).click()
    await page.getByRole('status').getByText('Completed').waitFor({ timeout: 60_000 })
    const job = new URL(page.url()).pathname
    const link = main().getByRole('link', { name: 'Download' })
    const fileId = /files\/([\w-]+)/.exec(`${await link.getAttribute('href')}`)?.[1] ?? ''
    expect(await statusOf(`/api/v1/files/${fileId}`)).toBe(200)
    await main().getByRole('button', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog')
    const choice = dialog.getByLabel(/Also delete the file it made/)
    expect(await choice.isChecked()).toBe(false)
    if (also) await choice.check()
    await dialog.getByRole('button', { name: 'Delete job' }).click()
    await page.waitForURL('**/jobs')
    await expect.poll(() => statusOf(`/api/v1${job}`), { timeout: 30_000 }).toBe(404)
    expect(await statusOf(`/api/v1/files/${fileId}`)).toBe(also ? 404 : 200)
  })
})

test('makes no page complain', () => {
  expect(owned.complaints).toEqual([])
})
