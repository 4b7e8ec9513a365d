import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { keyOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { reaches } from '@/test/support/engine'
import {
  checkFile,
  checkMetrics,
  type Prometheus,
  startPrometheus,
} from '@/test/support/prometheus'

const TOKEN = 'a-token-for-the-metrics'
// The last one's database is the one that this file reaches.
const dark = apiApp()
const app = apiApp({ queues: ['email', 'webhooks'], env: { METRICS_TOKEN: TOKEN } })

let user: ApiUser
let prometheus: Prometheus | undefined

beforeAll(async () => {
  user = await createApiUser()
})
afterAll(() => prometheus?.stop())

const scrape = (headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  app.call('GET', '/api/metrics', headers)

async function submit(type: string, input: unknown): Promise<string> {
  const response = await app.call('POST', '/api/v1/jobs', keyOf(user), { type, input })
  const { job } = await response.json()
  return `${job.id}`
}

const mail = { to: 'ann@example.com', template: 'notice' }

/** The samples of a scrape, by name and labels as written. */
async function samples(): Promise<Map<string, number>> {
  const lines = (await (await scrape()).text()).split('\n').filter((line) => /^[a-z]/.test(line))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}

describe('GET /api/metrics', () => {
  test('answers to METRICS_TOKEN alone', async () => {
    const admin = await createApiUser('ADMIN')
    for (const proof of [{}, keyOf(admin), { authorization: `Bearer ${TOKEN}x` }]) {
      const response = await scrape(proof)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('Bearer')
      expect(await response.json()).toMatchObject({
        detail: expect.stringContaining('METRICS_TOKEN'),
      })
    }
    const response = await scrape()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  })

  test('says how to switch it on where it is off', async () => {
    const response = await dark.call('GET', '/api/metrics', { authorization: 'Bearer x' })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining('METRICS_TOKEN'),
    })
  })

  test('counts what ended, at once, and how long it took', async () => {
    await reaches(await submit('email', mail), 'COMPLETED')
    const refused = { url: 'http://127.0.0.1:9/', event: 'x', payload: {} }
    const failed = await submit('webhook', { ...refused, url: 'https://nowhere.invalid/' })
    await vi.waitFor(async () => {
      const seen = await samples()
      expect(
        seen.get('millrace_jobs_finished_total{queue="email",type="email",outcome="completed"}'),
      ).toBe(1)
      expect(seen.get('millrace_job_wait_seconds_count{queue="email",type="email"}')).toBe(1)
      expect(
        seen.get('millrace_job_run_seconds_bucket{queue="email",type="email",le="+Inf"}'),
      ).toBe(1)
      expect(seen.get('millrace_job_run_seconds_sum{queue="email",type="email"}')).toBeGreaterThan(
        0,
      )
      expect(seen.get('millrace_job_retries_total{queue="webhooks",type="webhook"}')).toBe(1)
    }, 20_000)
    await app.call('POST', `/api/v1/jobs/${failed}/cancel`, keyOf(user))
    await vi.waitFor(async () => {
      const name =
        'millrace_jobs_finished_total{queue="webhooks",type="webhook",outcome="canceled"}'
      expect((await samples()).get(name)).toBe(1)
    }, 10_000)
  })

  test('shows what waits, for how long, and that nobody serves it', async () => {
    await submit('report', { period: 'daily', from: '2026-01-01', to: '2026-01-02', format: 'csv' })
    await vi.waitFor(async () => {
      const seen = await samples()
      const labels = '{queue="reports",type="report"}'
      expect(seen.get(`millrace_queue_waiting${labels}`)).toBe(1)
      expect(seen.get(`millrace_queue_oldest_waiting_seconds${labels}`)).toBeGreaterThan(1)
      expect(seen.get('millrace_queue_workers{queue="reports"}')).toBe(0)
      expect(seen.get('millrace_queue_workers{queue="email"}')).toBe(1)
      expect(seen.get('millrace_relay_lag_seconds')).toBe(0)
      expect(seen.get('millrace_repairs_total{kind="entry_missing"}')).toBe(0)
    }, 15_000)
  })

  test('tells of the web server and of each worker as processes', async () => {
    await vi.waitFor(async () => {
      const worker = await prisma().worker.findFirstOrThrow()
      const seen = await samples()
      const labels = `{program="worker",worker="${worker.id}",host="${worker.host}"}`
      expect(seen.get('millrace_workers')).toBe(1)
      for (const process of ['{program="web"}', labels]) {
        expect(seen.get(`process_resident_memory_bytes${process}`)).toBeGreaterThan(20e6)
        expect(seen.get(`process_cpu_seconds_total${process}`)).toBeGreaterThan(0)
        expect(seen.get(`nodejs_eventloop_lag_p99_seconds${process}`)).toBeGreaterThanOrEqual(0)
        const started = seen.get(`process_start_time_seconds${process}`)
        expect(Math.abs(Date.now() / 1_000 - (started ?? 0))).toBeLessThan(600)
      }
    }, 15_000)
  })

  test('is put together once a second, however many ask', async () => {
    const started = performance.now()
    const answers = await Promise.all(Array.from({ length: 200 }, () => scrape()))
    const seconds = (performance.now() - started) / 1_000
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    // No two are alike: each says how much processor time there was until then.
    expect(new Set(texts).size).toBeLessThanOrEqual(Math.ceil(seconds) + 1)
  })
})

describe('Prometheus', () => {
  test('has nothing to say against the metrics', async () => {
    expect(checkMetrics(await (await scrape()).text())).toBe('')
    // And would say so.
    expect(checkMetrics('# TYPE x_total gauge\nx_total 1\n')).toContain('x_total')
  })

  test('takes the configuration and the alert rules that the documentation gives', () => {
    const text = fs.readFileSync(path.resolve('docs/observability.md'), 'utf8')
    const [scraping = '', rules = ''] = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, yaml]) => yaml,
    )
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-rules-'))
    for (const [what, yaml] of [
      ['config', scraping],
      ['rules', rules],
    ] as const) {
      const file = path.join(folder, `${what}.yml`)
      fs.writeFileSync(file, yaml)
      expect(checkFile(what, file)).toBe('')
    }
    fs.rmSync(folder, { recursive: true })
    expect(rules).toContain('millrace_repairs_total')
  })

  test('scrapes them without a warning, and reckons with them', async () => {
    prometheus = await startPrometheus(app.url(), TOKEN)
    const query = 'sum by (type) (millrace_jobs_finished_total{outcome="completed"} > 0)'
    await vi.waitFor(
      async () => {
        const answer = await prometheus?.ask(`query?query=${encodeURIComponent(query)}`)
        expect(answer).toMatchObject({
          result: [{ metric: { type: 'email' }, value: [expect.anything(), '1'] }],
        })
      },
      { timeout: 30_000, interval: 500 },
    )
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const quantile =
      'histogram_quantile(0.9, sum by (le) (millrace_job_run_seconds_bucket{type="email"}))'
    expect(await prometheus.ask(`query?query=${encodeURIComponent(quantile)}`)).toMatchObject({
      result: [{ value: [expect.anything(), expect.stringMatching(/^0?\.?\d/)] }],
    })
    expect(await prometheus.ask('targets')).toMatchObject({
      activeTargets: [{ health: 'up', lastError: '' }],
    })
    expect(prometheus.said()).toContain('Server is ready')
    expect(prometheus.said()).not.toMatch(/level=(warn|error)|scrape failed/i)
  })
})
