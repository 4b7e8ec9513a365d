import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from '@/test/support/browser'
import { type OwnedApp, openOwnedApp } from '@/test/support/owned-app'
import { type Receiver, startReceiver } from '@/test/support/receiver'

let receiver: Receiver
let owned: OwnedApp

beforeAll(async () => {
  receiver = await startReceiver()
  owned = await openOwnedApp({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })
}, 240_000)

afterAll(async () => {
  await owned?.close()
  await receiver?.close()
})

async function submit(job: object): Promise<string> {
  const { app, page } = owned
  const headers = { origin: app.url }
  const response = await page.request.post(`${app.url}/api/v1/jobs`, { headers, data: job })
  expect(response.status()).toBe(202)
  return (await response.json()).job.id
}

const mail = (to: string) => ({
  type: 'email',
  input: { to, template: 'notice', variables: { title: 'Hello', message: 'Hello' } },
})

const webhook = () =>
  submit({
    type: 'webhook',
    input: { url: receiver.url, event: 'order.created', payload: {} },
  })

async function statusOf(id: string): Promise<string> {
  const { rows } = await owned.client.query('SELECT status FROM "Job" WHERE id = $1', [id])
  return rows[0]?.status ?? 'gone'
}

const becomes = (id: string, status: string, timeout = 30_000) =>
  vi.waitFor(async () => expect(await statusOf(id)).toBe(status), { timeout, interval: 100 })

const undo = () => owned.page.getByRole('button', { name: 'Undo' }).click()

test('a cancel is taken back: the job waits for its time again', async () => {
  const { page } = owned
  const id = await submit({ ...mail('later@example.com'), delayMs: 3600_000 })
  await page.goto(`/jobs/${id}`)
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel job' }).click()
  await becomes(id, 'CANCELED')
  await undo()
  await becomes(id, 'SCHEDULED')
  await page.getByText('1 job put back in line.').waitFor()
})

test('a deletion is taken back, and takes place where it is not', async () => {
  const { page } = owned
  const [kept, gone] = [
    await submit(mail('kept@example.com')),
    await submit(mail('gone@example.com')),
  ]
  for (const id of [kept, gone]) await becomes(id, 'COMPLETED')
  for (const id of [kept, gone]) {
    await page.goto(`/jobs/${id}`)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete job' }).click()
    await page.getByText('The job is deleted.').waitFor()
    await page.waitForURL('**/jobs')
    if (id === kept) {
      await undo()
      await page.getByText('1 deletion taken back.').waitFor()
    }
  }
  await becomes(gone, 'gone')
  expect(await statusOf(kept)).toBe('COMPLETED')
})

test('a pause of a queue is taken back', async () => {
  const { client, page } = owned
  await page.goto('/admin/queue/email')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('email is paused.').waitFor()
  await undo()
  await page.getByText('Taken back.').waitFor()
  const { rows } = await client.query('SELECT "pausedAt" FROM "QueueSetting" WHERE queue = $1', [
    'email',
  ])
  expect(rows).toEqual([{ pausedAt: null }])
})

test('what waits in a queue is canceled after a count, in the words of its button', async () => {
  const { page } = owned
  await page.goto('/admin/queue/email')
  await page.getByRole('link', { name: 'Run delayed now' }).click()
  await page.getByRole('heading', { name: 'Run now 1 job?' }).waitFor()
  await page.getByText('Each is due now instead of at its time').waitFor()
})

test('retrying all stops when one of five fails again, and goes on over a restart when they do not', async () => {
  const { app, client, page } = owned
  receiver.behaviour = { status: 400 }
  const jobs = []
  for (let count = 0; count < 8; count++) jobs.push(await webhook())
  for (const id of jobs) await becomes(id, 'FAILED')

  const retryAll = async () => {
    await page.goto('/admin/queue/webhooks')
    await page.getByRole('link', { name: 'Retry 8 failed jobs' }).click()
    await page.getByText('5 of them are tried first.').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Retry 8 jobs' }).click()
    await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/)
    await page.getByRole('heading', { name: 'Rehearsal' }).waitFor()
  }
  await retryAll()
  await page
    .getByRole('region', { name: 'Why it failed' })
    .getByRole('strong')
    .getByText(/Stopped after the first 5; 3 others left as they were\./)
    .waitFor()
  await page
    .getByText(/failed again: The receiver answered 400/)
    .first()
    .waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  for (const id of jobs) await becomes(id, 'FAILED')

  receiver.behaviour = 'hang'
  await retryAll()
  await vi.waitFor(async () => {
    const { rows } = await client.query(
      `SELECT count(*)::int AS count FROM "Job" WHERE queue = 'webhooks' AND status = 'ACTIVE'`,
    )
    expect(rows[0].count).toBeGreaterThan(0)
  }, 30_000)
  receiver.behaviour = { status: 200 }
  await app.stop()
  await app.start()
  for (const id of jobs) await becomes(id, 'COMPLETED', 60_000)
}, 240_000)

test('open alerts are counted at the bell and at the entry of the admin’s side', async () => {
  const { client, page } = owned
  await client.query(
    `INSERT INTO "Alert" (id, "ruleName", kind, subject, value, message)
     VALUES (gen_random_uuid(), 'Test', 'failure_rate', 'queue:webhooks', 1, 'Everything fails')`,
  )
  await page.goto('/notifications')
  await page.getByRole('link', { name: /^Notifications, .*\d open alerts?$/ }).waitFor()
  await page.getByRole('link', { name: /^Admin \d open alerts$/ }).waitFor()
  await page.getByRole('link', { name: /\d alerts? (is|are) open/ }).click()
  await page.getByText('Everything fails').waitFor()
})

test('no page complained', () => {
  expect(owned.complaints).toEqual([])
})
