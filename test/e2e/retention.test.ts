import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from '@/test/support/browser'
import { type OwnedApp, openOwnedApp } from '@/test/support/owned-app'

const DAY_MS = 24 * 3600_000

let owned: OwnedApp
let client: OwnedApp['client']
let page: OwnedApp['page']
let complaints: OwnedApp['complaints']

beforeAll(async () => {
  owned = await openOwnedApp()
  ;({ client, page, complaints } = owned)
}, 240_000)

afterAll(() => owned?.close())

/** Jobs that ended so many days ago, by the owner of this test. */
async function endedJobs(count: number, days: number, status: string): Promise<void> {
  const ids = Array.from({ length: count }, () => uuidv7({ msecs: Date.now() - days * DAY_MS }))
  await client.query(
    `WITH made AS (
       INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, "maxAttempts", backoff,
         "timeoutMs", "inputHash", tags, "createdAt", "runAt", "finishedAt")
       SELECT id, 'email', 'email', (SELECT id FROM "User"), $3::"JobStatus", 'Old mail', '{}', 3, '{}',
         1000, '', '{}', at, at, at
       FROM unnest($1::uuid[]) id, (SELECT now() - $2::int * interval '1 day' AS at) times
       RETURNING id, type, queue, "ownerId")
     INSERT INTO "JobFacts" ("jobId", type, queue, "ownerId", tags, text)
     SELECT id, type, queue, "ownerId", '{}', '' FROM made`,
    [ids, days, status],
  )
}

async function countJobs(status: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Job" WHERE title = 'Old mail' AND status = $1::"JobStatus"`,
    [status],
  )
  return rows[0]?.count ?? 0
}

async function check(): Promise<void> {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
}

test('an admin sees what would go, and what other days would change, before saving them', async () => {
  await endedJobs(1_200, 100, 'COMPLETED')
  await endedJobs(7, 20, 'FAILED')
  await page.goto('/admin')
  await page.getByRole('link', { name: 'Retention' }).click()
  await page.getByRole('heading', { name: 'Retention' }).waitFor()
  const email = page.getByRole('row').filter({ hasText: 'Email' }).first()
  expect(await email.textContent()).toMatch(/Completed\s*90 days\s*1,200\s*0/)
  await page.getByText('It has not run yet.').waitFor()
  await check()

  await page.getByRole('link', { name: 'Change how long Email jobs are kept' }).click()
  await page.getByRole('heading', { name: 'How long Email jobs are kept' }).waitFor()
  const failed = page.getByRole('group', { name: 'Failed' })
  await failed.getByText('The next run removes none.').waitFor()
  await failed.getByLabel('Failed: days').fill('0')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Expected 1 day or more').waitFor()
  await failed.getByLabel('Failed: days').fill('14')
  await failed.getByText('The next run removes 7 jobs.').waitFor()
  const completed = page.getByRole('group', { name: 'Completed' })
  await completed.getByText('The next run removes 1,200 jobs.').waitFor()
  await completed.getByLabel('Keep for ever').check()
  await completed.getByText('The next run removes none.').waitFor()
  await check()
  expect(await countJobs('FAILED')).toBe(7)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('cell', { name: 'For ever' }).waitFor()
  await page.getByRole('cell', { name: '14 days' }).waitFor()
})

test('run by hand it removes that, and says so', async () => {
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByText('It removes for good what the tables').waitFor()
  await page.getByRole('button', { name: 'Run retention' }).click()
  await page.getByText('It removed 7 jobs.').waitFor({ timeout: 30_000 })
  expect(await countJobs('FAILED')).toBe(0)
  expect(await countJobs('COMPLETED')).toBe(1_200)
  await check()
  const { rows } = await client.query<{ action: string }>(
    'SELECT action FROM "AuditEntry" ORDER BY id',
  )
  expect(rows.map(({ action }) => action)).toEqual(['retention.change', 'schedule.run'])
})

test('other records have their days too', async () => {
  await page.getByRole('link', { name: 'Change how long webhook deliveries are kept' }).click()
  await page.getByLabel('Webhook deliveries: days').fill('30')
  await page.getByText('The next run removes none.').waitFor()
  await check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: 'Webhook deliveries' })
    .getByText('30 days')
    .waitFor()
  expect(complaints).toEqual([])
})
