import fs from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright'
import { expect } from 'vitest'
import { chromiumPath } from './chromium'

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

/** A browser without a window. Playwright hides scrollbars, unless `options` leave that out. */
export function openBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    ...options,
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
}

/** Everything the pages complained about: errors of scripts, and what their policy forbade. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A stream that ends with the server it came from is no fault of the page.
    if (message.type() === 'error' && !/ERR_|Failed to load resource/.test(message.text())) {
      complaints.push(message.text())
    }
  })
  return complaints
}

/** Checks the page as it stands with axe, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  // On the way from page to page the old title goes before the new one is there.
  await page.waitForFunction(() => document.title !== '')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForSelector(`html[data-mantine-color-scheme="${colorScheme}"]`)
    expect(await axeFindings(page), `${page.url()} in ${colorScheme}`).toEqual([])
  }
}

/** What axe finds on the page as it stands. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

/** Checks that nothing reaches over the edge of a small phone's screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 740 })
  const over = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  if (size) await page.setViewportSize(size)
  expect(over, `${page.url()} at 360 px`).toBeLessThanOrEqual(0)
}

declare global {
  // Injected into the page.
  var axe: typeof import('axe-core')
}
