import autocannon from 'autocannon'
import type { BrowserContext } from 'playwright'
import { createApp } from '@/test/support/app'
import { openBrowser } from '@/test/support/browser'
import { setUpOwner } from '@/test/support/set-up'
import { quantile } from './report'

const CONNECTIONS = 50
const SECONDS = 8
const PAGE_LOADS = 40

type Rate = { perSecond: number; p99: number }

export type ServedFigures = {
  /** Milliseconds from `npm start` of a built checkout to the first answered page. */
  startMs: number
  /** An authenticated handler that has nothing to do. */
  empty: Rate
  post: Rate
  /** Milliseconds of the server for the jobs page, at p95. */
  pageMs: number
  /** Milliseconds until the largest part of the jobs page is painted. */
  paintMs: number
  /** Bytes of script that the jobs page loads, as sent. */
  scriptBytes: number
}

/** Runs the built application as a person does, and measures it from outside. */
export async function measureApplication(env: Record<string, string>): Promise<ServedFigures> {
  const app = await createApp(env)
  const browser = await openBrowser()
  try {
    const begin = performance.now()
    await app.start()
    await fetch(`${app.url}/sign-in`)
    const startMs = performance.now() - begin
    const context = await browser.newContext({ baseURL: app.url })
    const key = await createOwner(context)
    const authorization = `Bearer ${key}`
    const empty = await load(`${app.url}/api/v1/batches/none`, { authorization })
    const post = await load(`${app.url}/api/v1/jobs`, { authorization }, JSON.stringify(LATER))
    return { startMs, empty, post, ...(await jobsPage(context)) }
  } finally {
    await browser.close()
    await app.remove()
  }
}

/** A job that does not run during the measurement. */
const LATER = {
  type: 'email',
  input: { to: 'ann@example.com', template: 'welcome' },
  delayMs: 24 * 3_600_000,
}

/** Signs the owner up, and makes an API key. */
async function createOwner(context: BrowserContext): Promise<string> {
  const page = await context.newPage()
  await setUpOwner(page)
  await page.goto('/settings/api-keys')
  await page.getByLabel('Name').fill('bench')
  await page.getByRole('button', { name: 'Create key' }).click()
  // The list of keys below shows its first characters too.
  const key = await page.getByText(/^mr_[\w-]+$/).textContent()
  await page.close()
  return key ?? ''
}

async function load(url: string, headers: Record<string, string>, body?: string): Promise<Rate> {
  const request: autocannon.Options = {
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { method: 'POST', body } : {}),
  }
  await autocannon({ ...request, duration: 2 })
  const { requests, latency } = await autocannon(request)
  return { perSecond: requests.average, p99: latency.p99 }
}

async function jobsPage(context: BrowserContext) {
  const times: number[] = []
  for (let round = 0; round < PAGE_LOADS; round++) {
    const begin = performance.now()
    await (await context.request.get('/jobs')).body()
    times.push(performance.now() - begin)
  }
  const page = await context.newPage()
  await page.goto('/jobs', { waitUntil: 'networkidle' })
  const { paintMs, scriptBytes } = await page.evaluate(async () => {
    const paints = await new Promise<PerformanceEntry[]>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries())).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      })
    })
    const scripts = performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter((entry) => new URL(entry.name).pathname.endsWith('.js'))
    return {
      paintMs: paints.at(-1)?.startTime ?? 0,
      scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    }
  })
  await page.close()
  return { pageMs: quantile(times, 0.95), paintMs, scriptBytes }
}
