import { findChromium } from '@/bin/test/browser'

/** The browser of the end-to-end tests, for playwright's `executablePath`. */
export function chromiumPath(): string {
  const found = findChromium()
  if (!found) throw new Error('There is no Chromium: run the tests with `npm test`')
  return found
}
