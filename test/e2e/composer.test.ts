import fs from 'node:fs'
import path from 'node:path'
import type { Page, Route } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '@/test/support/app'
import { expectAccessible, expectNoSidewaysScroll } from '@/test/support/browser'
import { type OwnedApp, openOwnedApp } from '@/test/support/owned-app'
import { OWNER } from '@/test/support/set-up'

let owned: OwnedApp
let app: App
let page: Page
let complaints: string[]

beforeAll(async () => {
  owned = await openOwnedApp()
  ;({ app, page, complaints } = owned)
}, 240_000)

afterAll(() => owned?.close())

const NOT_SENT = 'Not sent: the server did not answer. Try again.'
const BACK = 'What you entered before is back.'
const picture = fs.readFileSync(
  path.join(import.meta.dirname, '../../public/samples/river-mill.jpg'),
)

const title = () => page.getByRole('textbox', { name: 'Title' })
const to = () => page.getByLabel('To', { exact: true })
const send = () => page.getByRole('button', { name: 'Send email' })
const chosen = () => page.getByRole('list', { name: 'Chosen images' }).getByRole('listitem')

async function check(): Promise<void> {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
}

async function fillNotice(text: string): Promise<void> {
  await page.goto('/jobs/new/email')
  await page.getByLabel('Template').selectOption('Notice')
  await title().fill(text)
  await to().fill('bob@example.com')
}

/** How many jobs of the owner have this in their input. */
async function jobsWith(text: string): Promise<number> {
  const response = await page.request.get('/api/v1/jobs?type=email&limit=100')
  const { data } = await response.json()
  return data.filter((job: object) => JSON.stringify(job).includes(text)).length
}

function choose(...names: string[]): Promise<void> {
  const files = names.map((name) => ({ name, mimeType: 'image/jpeg', buffer: picture }))
  return page.locator('input[type="file"]').first().setInputFiles(files)
}

describe('what was entered', () => {
  test('stays when the server stops while one types, and is sent once it is back', async () => {
    await fillNotice('Typed before')
    await app.stop()
    await title().fill('Typed while it was away')
    await send().click()
    await page.getByText(NOT_SENT).waitFor()
    await check()
    expect(await title().inputValue()).toBe('Typed while it was away')
    expect(await to().inputValue()).toBe('bob@example.com')
    await app.start()
    await send().click()
    await page.getByRole('heading', { name: /(?:→|to) bob@example\.com$/ }).waitFor()
    expect(await jobsWith('Typed while it was away')).toBe(1)
  }, 180_000)

  test('is sent once only, although its first answer was lost on the way', async () => {
    await fillNotice('Answered into the void')
    const preview = page.frameLocator('iframe[title="Preview of the mail"]')
    await preview.getByRole('heading', { name: 'Answered into the void' }).waitFor()
    const loseAnswer = async (route: Route) => {
      await route.fetch({ maxRedirects: 0 })
      await route.abort('connectionreset')
    }
    await page.route('**/jobs/new/email', loseAnswer, { times: 1 })
    await send().click()
    await page.getByText(NOT_SENT).waitFor()
    expect(await jobsWith('Answered into the void')).toBe(1)
    await page.reload()
    await page.getByText(BACK).waitFor()
    await send().click()
    await page.getByRole('heading', { name: /(?:→|to) bob@example\.com$/ }).waitFor()
    expect(await jobsWith('Answered into the void')).toBe(1)
  })

  test('survives a reload, until it is sent or thrown away', async () => {
    await page.goto('/jobs/new/webhook')
    await page.getByLabel('URL').fill('https://shop.example.com/hooks')
    await page.getByLabel('Payload').fill('{ "half": ')
    await page.getByLabel('Later').check()
    await page.getByLabel('Date and time').fill('2030-03-01T08:30')
    await page.reload()
    await page.getByText(BACK).waitFor()
    await check()
    expect(await page.getByLabel('URL').inputValue()).toBe('https://shop.example.com/hooks')
    expect(await page.getByLabel('Payload').inputValue()).toBe('{ "half": ')
    expect(await page.getByLabel('Date and time').inputValue()).toBe('2030-03-01T08:30')
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.getByText(BACK).waitFor({ state: 'detached' })
    expect(await page.getByLabel('URL').inputValue()).toBe('')
    await page.reload()
    await page.getByText('Tried up to').waitFor()
    expect(await page.getByText(BACK).count()).toBe(0)
  })

  test('is there after a sign-in, where the session ended before it was sent', async () => {
    await fillNotice('Typed in another session')
    await page.context().clearCookies()
    await send().click()
    await page.waitForURL('**/sign-in?*')
    await page.getByLabel('Email').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText(BACK).waitFor()
    expect(await title().inputValue()).toBe('Typed in another session')
    await page.getByRole('button', { name: 'Start over' }).click()
  })

  test('is no longer there after it was sent', async () => {
    await fillNotice('Sent and gone')
    await send().click()
    await page.getByRole('heading', { name: /(?:→|to) bob@example\.com$/ }).waitFor()
    await page.goto('/jobs/new/email')
    await page.getByText('Tried up to').waitFor()
    expect(await to().inputValue()).toBe('')
    expect(await page.getByText(BACK).count()).toBe(0)
  })
})

describe('images', () => {
  test('wait for the server when it stops during an upload; the jobs follow by themselves', async () => {
    await page.goto('/jobs/new/image')
    await choose('first.jpg')
    await chosen().getByText(/KB$/).waitFor()
    await app.stop()
    await choose('second.jpg')
    await page.getByText('The upload goes on once it does.').waitFor()
    expect(await chosen().count()).toBe(2)
    await page.getByRole('button', { name: 'Run 2 jobs when uploaded' }).click()
    await page.getByText('It is sent by itself once everything is uploaded.').waitFor()
    await check()
    await app.start()
    await page.waitForURL('**/jobs?type=image', { timeout: 60_000 })
    for (const name of ['first.jpg', 'second.jpg']) {
      await page.getByRole('link', { name: new RegExp(name) }).waitFor()
    }
  }, 180_000)

  test('are pasted, kept over a reload, and cropped by dragging on them', async () => {
    await page.goto('/jobs/new/image')
    await page.locator('input[value="later"]:enabled').waitFor()
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([bytes], 'pasted.jpg', { type: 'image/jpeg' }))
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    }, picture.toString('base64'))
    await chosen().getByText(/KB$/).waitFor()
    await page.getByRole('button', { name: 'Crop', exact: true }).click()
    await page.reload()
    await page.getByText(BACK).waitFor()
    await chosen().getByText('pasted.jpg').waitFor()

    await page.getByRole('button', { name: 'Remove step 1' }).click()
    const canvas = page.getByRole('img', { name: 'The picture to crop' })
    await canvas.scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await canvas.boundingBox()) ?? expect.fail('no picture')
    const drag = async (from: [number, number], by: [number, number]) => {
      await page.mouse.move(x + width * from[0], y + height * from[1])
      await page.mouse.down()
      await page.mouse.move(x + width * by[0], y + height * by[1], { steps: 4 })
      await page.mouse.up()
    }
    const sides = async () => {
      const labels = ['From left', 'From top', 'Width', 'Height']
      return Promise.all(
        labels.map(async (label) => Number(await page.getByLabel(label).inputValue())),
      )
    }
    await drag([0.25, 0.25], [0.75, 0.5])
    const [left = 0, top = 0, across = 0, down = 0] = await sides()
    const ratio = across / width / 0.5
    expect(left / (width * ratio)).toBeCloseTo(0.25, 1)
    expect(down / (height * ratio)).toBeCloseTo(0.25, 1)
    await page.getByText(`${across} × ${down} pixels`).waitFor()
    await drag([0.5, 0.4], [0.6, 0.5])
    const [movedLeft = 0, movedTop = 0, ...size] = await sides()
    expect(size).toEqual([across, down])
    expect(movedLeft).toBeGreaterThan(left)
    expect(movedTop).toBeGreaterThan(top)
    await check()
    await page.getByRole('button', { name: 'Run 1 job' }).click()
    await page.getByRole('heading', { name: 'Crop pasted.jpg' }).waitFor()
  })

  test('no longer ask for an image once one is there', async () => {
    await page.goto('/jobs/new/image')
    await page.getByRole('button', { name: 'Run 1 job' }).click()
    await page.getByText('Choose at least one.').waitFor()
    await choose('late.jpg')
    await page.getByText('Choose at least one.').waitFor({ state: 'detached' })
    await chosen().getByText(/KB$/).waitFor()
  })
})

test('at 2.5 s of latency a click shows within 100 ms that it was heard', async () => {
  await page.goto('/jobs/new/email')
  await page.locator('input[value="later"]:enabled').waitFor()
  const session = await page.context().newCDPSession(page)
  const slow = { offline: false, latency: 2_500, downloadThroughput: -1, uploadThroughput: -1 }
  await session.send('Network.emulateNetworkConditions', slow)
  // In frames, of which one takes 16 ms: on a busy machine the clock says more about the machine.
  const clicked = (selector: string) =>
    page.evaluate(async (wanted) => {
      document.querySelector<HTMLElement>(wanted)?.click()
      for (let frames = 1; frames < 100; frames += 1) {
        await new Promise(requestAnimationFrame)
        if (document.querySelector('[role="progressbar"][aria-label="Loading"]')) return frames
      }
      return undefined
    }, selector)
  const line = page.getByRole('progressbar', { name: 'Loading' })
  expect(await clicked('a[href="/schedules"]')).toBeLessThan(4)
  await check()
  await page.getByRole('heading', { name: 'Schedules' }).waitFor()
  await line.waitFor({ state: 'detached' })
  expect(await clicked('a[href="/schedules/new"]')).toBeLessThan(4)
  await page.getByRole('heading', { name: 'New schedule' }).waitFor()
  await page.getByRole('link', { name: 'Email', exact: true }).click()
  await page.getByRole('heading', { name: 'New email schedule' }).waitFor()
  await line.waitFor({ state: 'detached' })
  expect(await clicked('main button[type="submit"]')).toBeLessThan(4)
  await page.getByText('Expected one email address').waitFor()
  await line.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
}, 60_000)
