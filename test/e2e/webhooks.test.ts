import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp } from '@/test/support/app'
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  openBrowser,
} from '@/test/support/browser'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { setUpOwner } from '@/test/support/set-up'
import { receives, verified } from '@/test/support/webhooks'

describe('webhooks in the console', () => {
  let app: App
  let browser: Browser
  let page: Page
  let receiver: Receiver
  let complaints: string[]
  let secret = ''
  let endpoint = ''

  beforeAll(async () => {
    receiver = await startReceiver()
    app = await createApp({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8' })
    await app.start()
    browser = await openBrowser()
    const context = await browser.newContext({ baseURL: app.url })
    page = await context.newPage()
    complaints = complaintsOf(page)
    await setUpOwner(page)
  }, 240_000)

  afterAll(async () => {
    await browser?.close()
    await app?.remove()
    await receiver?.close()
  })

  const log = () => page.getByRole('list', { name: 'Deliveries, newest first' })
  const deliveries = (status: string) => log().locator('summary').filter({ hasText: status })
  const looksRight = async () => {
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  }

  test('an endpoint is added, and its secret shown once', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
    await looksRight()
    await page.getByRole('link', { name: 'New endpoint' }).click()
    await page.getByLabel('URL').fill('http://[::ffff:10.0.0.1]/hooks')
    await page.getByLabel('Description').fill('Shop')
    await page.getByLabel('Only these').check()
    await page.getByLabel('job.failed').check()
    await page.getByRole('button', { name: 'Add endpoint' }).click()
    await page.getByText('Webhooks are not sent to private or reserved addresses').waitFor()
    await looksRight()
    expect(await page.getByLabel('Description').inputValue()).toBe('Shop')
    await page.getByLabel('URL').fill(receiver.url)
    await page.getByRole('button', { name: 'Add endpoint' }).click()
    await page.getByRole('heading', { name: 'The endpoint is added' }).waitFor()
    secret = (await page.getByText(/^whsec_/).textContent()) ?? ''
    await looksRight()
    await page.getByRole('link', { name: 'Go to the endpoint' }).click()
    await page.getByText('Nothing has been sent yet.').waitFor()
    endpoint = new URL(page.url()).pathname
    await page.reload()
    expect(await page.content()).not.toContain(secret)
  })

  test('it is tested, and the delivery shows with request and answer', async () => {
    await page.goto(endpoint)
    await page.getByRole('button', { name: 'Send test event' }).click()
    await deliveries('200').getByText('webhook.test').waitFor()
    const [request] = await receives(receiver, 1)
    expect(request && verified(secret, request)).toMatchObject({ type: 'webhook.test' })
    await deliveries('200').click()
    await log()
      .getByText(request?.headers['webhook-signature'] ?? 'none')
      .waitFor()
    await log().getByRole('region', { name: 'Answer' }).getByText('ok').waitFor()
    await looksRight()
  })

  test('it is replayed as the same message', async () => {
    await page.getByRole('button', { name: 'Replay webhook.test' }).click()
    await deliveries('by hand').getByText('200').waitFor()
    const [first, second] = await receives(receiver, 2)
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  })

  test('a webhook goes from its form to its result', async () => {
    await page.goto('/jobs/new')
    await page.getByRole('link', { name: 'Webhook', exact: true }).click()
    await page.getByLabel('Send to').selectOption('Shop')
    await page.getByLabel('Event').fill('order.created')
    await page.getByLabel('Payload').fill('{ "orderId": ')
    await page.getByRole('button', { name: 'Send webhook' }).click()
    await page
      .getByText(/^This is not valid JSON/)
      .first()
      .waitFor()
    await page.getByLabel('Payload').fill('{ "orderId": "A-1" }')
    await page.getByLabel('Headers').fill('X-Team: blue\nX-Api-Key: hunter2')
    const preview = page.getByRole('region', { name: 'Preview of the request' })
    await preview.getByText('webhook-signature').waitFor()
    await preview.getByText('"orderId": "A-1"').waitFor()
    await looksRight()
    await page.getByRole('button', { name: 'Send webhook' }).click()
    await page.getByRole('heading', { name: /^order\.created #A-1 → / }).waitFor()
    const main = page.getByRole('main')
    await main.getByRole('status').first().getByText('Completed').waitFor({ timeout: 30_000 })
    const [, , request] = await receives(receiver, 3)
    expect(request && verified(secret, request)).toMatchObject({ data: { orderId: 'A-1' } })
    expect(request?.headers).toMatchObject({ 'x-team': 'blue', 'x-api-key': 'hunter2' })
    const shown = main.getByRole('region', { name: 'Request' })
    await shown.getByText(request?.headers['webhook-signature'] ?? 'none').waitFor()
    const body = await shown.locator('pre').textContent()
    expect(JSON.parse(`${body}`)).toEqual(JSON.parse(`${request?.body}`))
    expect(body).toContain('\n')
    await main.getByRole('region', { name: 'Answer' }).getByText('ok').waitFor()
    expect(await page.content()).not.toContain('hunter2')
    await looksRight()
  })

  test('failures are explained, and recovered once the receiver is mended', async () => {
    receiver.behaviour = { status: 400, body: 'No such order' }
    await page.getByRole('link', { name: 'Duplicate' }).click()
    await page.getByRole('button', { name: 'Send webhook' }).click()
    await page.getByText('The receiver answered 400 Bad Request').first().waitFor()
    await page.getByRole('region', { name: 'Answer' }).getByText('No such order').waitFor()
    await looksRight()
    await page.goto(endpoint)
    await deliveries('400').getByText('order.created').waitFor()
    await page.getByText('Failing', { exact: true }).waitFor()
    receiver.behaviour = { status: 200 }
    await page.getByRole('button', { name: 'Recover failed' }).click()
    const again = page.getByRole('button', { name: 'Try them again' })
    await again.waitFor()
    await looksRight()
    await again.click()
    await page.getByText('1 webhook is tried again.').first().waitFor()
    await page.keyboard.press('Escape')
    await deliveries('by hand').first().getByText('order.created').waitFor()
    await page.getByText('Failing', { exact: true }).waitFor({ state: 'detached' })
    expect(receiver.received.at(-1)?.headers['x-api-key']).toBe('hunter2')
  })

  test('the secret is rotated, the endpoint edited, switched off and deleted', async () => {
    await page.getByRole('button', { name: 'Rotate secret' }).click()
    const dialog = page.getByRole('dialog', { name: 'Rotate the signing secret' })
    await dialog.getByRole('button', { name: 'Rotate secret' }).click()
    const rotated = (await dialog.getByText(/^whsec_/).textContent()) ?? ''
    expect(rotated).not.toBe(secret)
    await page.keyboard.press('Escape')
    await page.getByText('The one before signs too until').waitFor()
    const count = receiver.received.length
    await page.getByRole('button', { name: 'Send test event' }).click()
    const request = (await receives(receiver, count + 1)).at(-1)
    if (!request) throw new Error('Nothing came')
    expect(verified(rotated, request)).toEqual(verified(secret, request))

    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Description').fill('Shop, new')
    await looksRight()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Shop, new').waitFor()
    await page.getByRole('button', { name: 'Switch off' }).click()
    const question = page.getByRole('dialog', { name: /^Switch off/ })
    await question.getByRole('button', { name: 'Switch off' }).click()
    await page.getByRole('button', { name: 'Switch on' }).waitFor()
    await page.goto('/webhooks')
    await page.getByText('Off', { exact: true }).waitFor()
    await looksRight()
    await page.goto(endpoint)
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete endpoint' }).click()
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
    expect(complaints).toEqual([])
  })
})
