import { chromium } from 'playwright'
import { findProgram, isExecutable } from './programs'

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of a Chromium: the system's, or the one `npx playwright install` downloads. */
export function findChromium(): string | undefined {
  const own = chromium.executablePath()
  return findProgram(CHROMIUMS) ?? (isExecutable(own) ? own : undefined)
}
