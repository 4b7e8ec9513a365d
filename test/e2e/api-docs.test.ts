import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessionOf } from '@/test/support/actors'
import { createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'

const app = apiApp()
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await openBrowser()
  const { cookie = '' } = await sessionOf(await createApiUser())
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  const context = await browser.newContext({ baseURL: app.url() })
  await context.addCookies([{ name, value, url: app.url() }])
  page = await context.newPage()
  complaints = complaintsOf(page)
})
afterAll(() => browser?.close())

const call = (id: string) => page.locator(`details#${id}`)

test('the API page shows every call with how it is made', async () => {
  await page.goto('/api-docs')
  await call('createJob').locator('summary').click()
  const text = await call('createJob').textContent()
  expect(text).toContain('Authorization: Bearer $KEY')
  expect(text).toContain('Idempotency-Key')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test('a call is tried in place: a job is made, then looked up, and a mistake is explained', async () => {
  await call('createJob').getByRole('button', { name: 'Send POST' }).click()
  const output = call('createJob').locator('output')
  await output.getByText('202 Accepted').waitFor()
  const id = /"id": "([\w-]+)"/.exec((await output.textContent()) ?? '')?.[1] ?? ''

  await call('getJob').locator('summary').click()
  await call('getJob').getByLabel('id').fill(id)
  await call('getJob').getByRole('button', { name: 'Send GET' }).click()
  await call('getJob').locator('output').getByText('200 OK').waitFor()

  await call('listJobs').locator('summary').click()
  await call('listJobs').getByLabel('limit').fill('1000')
  await call('listJobs').getByRole('button', { name: 'Send GET' }).click()
  await call('listJobs').locator('output').getByText('Expected 1 to 100').waitFor()
  await expectAccessible(page)
  expect(complaints).toEqual([])
})
