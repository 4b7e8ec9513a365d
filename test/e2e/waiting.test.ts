import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from '@/test/support/browser'
import { type OwnedApp, openOwnedApp } from '@/test/support/owned-app'

let owned: OwnedApp
let client: OwnedApp['client']
let page: OwnedApp['page']
let complaints: OwnedApp['complaints']

beforeAll(async () => {
  owned = await openOwnedApp()
  ;({ client, page, complaints } = owned)
}, 240_000)

afterAll(() => owned?.close())

/** Enqueues a mail as the page's own scripts would; its id. */
function enqueueMail(): Promise<string> {
  return page.evaluate(async () => {
    const body = { type: 'email', input: { to: 'ann@example.com', template: 'notice' } }
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await (await fetch('/api/v1/jobs', init)).json()).job.id
  })
}

async function pauseMail(isPaused: boolean): Promise<void> {
  await client.query(
    isPaused
      ? `INSERT INTO "QueueSetting" (queue, "pausedAt") VALUES ('email', now())`
      : 'DELETE FROM "QueueSetting"',
  )
  await client.query("SELECT pg_notify('millrace_settings', 'email')")
}

test('a job’s page says why it waits, and what has changed about that, until it runs', async () => {
  await pauseMail(true)
  const id = await enqueueMail()
  await page.goto(`/jobs/${id}`)
  await page.getByText('The queue email is paused.').waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)

  // As one that a newer web server made, while the workers are of this version.
  await client.query('UPDATE "Job" SET "inputVersion" = 2 WHERE id = $1', [id])
  await pauseMail(false)
  await page.getByText('No running worker knows the job type email').waitFor()

  await client.query('UPDATE "Job" SET "inputVersion" = 1 WHERE id = $1', [id])
  await page.getByRole('status').getByText('Completed').waitFor()
  expect(await page.getByText('No running worker').count()).toBe(0)
  expect(complaints).toEqual([])
}, 120_000)
