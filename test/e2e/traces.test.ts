import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { pool } from '@/lib/db/pool'
import { keyOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { type Collector, type ReceivedSpan, startCollector } from '@/test/support/collector'
import { reaches } from '@/test/support/engine'
import { forgetDispatch } from '@/test/support/pending-dispatch'

let collector: Collector
const app = apiApp({
  queues: ['email', 'webhooks'],
  env: async () => {
    collector = await startCollector()
    return { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_LEVEL: 'debug' }
  },
})
afterAll(() => collector.close())

let user: ApiUser
beforeAll(async () => {
  user = await createApiUser()
})

const mail = { to: 'ann@example.com', template: 'notice' }

async function submit(body: object, headers: Record<string, string> = {}): Promise<string> {
  const proof = { ...keyOf(user), ...headers }
  const { job } = await (await app.call('POST', '/api/v1/jobs', proof, body)).json()
  return `${job.id}`
}

/** The spans of the trace that a span of this job belongs to, once they have all come. */
function traceOf(jobId: string, names: string[]): Promise<Map<string, ReceivedSpan>> {
  return vi.waitFor(
    () => {
      const own = collector.spans.find(({ fields }) => fields['millrace.job.id'] === jobId)
      const spans = collector.spans.filter(({ traceId }) => traceId === own?.traceId)
      const trace = new Map(spans.map((span) => [span.name, span]))
      expect([...trace.keys()]).toEqual(expect.arrayContaining(names))
      return trace
    },
    { timeout: 15_000, interval: 100 },
  )
}

/** The spans around one, innermost first. */
function around(span: ReceivedSpan | undefined, trace: Map<string, ReceivedSpan>): string[] {
  const parent = [...trace.values()].find(({ spanId }) => spanId === span?.parentSpanId)
  return parent ? [parent.name, ...around(parent, trace)] : []
}

const REQUEST = 'POST /api/v1/jobs'
const whole = [REQUEST, 'enqueue email', 'wait email', 'attempt email', 'handler email']

describe('one trace', () => {
  test('spans the HTTP request, the enqueue, the wait and the handler', async () => {
    const jobId = await submit({ type: 'email', input: mail, delayMs: 1_500 })
    await reaches(jobId, 'COMPLETED')
    const trace = await traceOf(jobId, whole)

    expect(around(trace.get('enqueue email'), trace)).toContain(REQUEST)
    const ofEnqueue = ['enqueue email', ...around(trace.get('enqueue email'), trace)]
    expect(around(trace.get('wait email'), trace)).toEqual(ofEnqueue)
    expect(around(trace.get('attempt email'), trace)).toEqual(ofEnqueue)
    expect(around(trace.get('handler email'), trace)).toEqual(['attempt email', ...ofEnqueue])
    expect(trace.get(REQUEST)).toMatchObject({ service: 'millrace-web' })
    expect(trace.get('enqueue email')?.service).toBe('millrace-web')
    expect(trace.get('handler email')?.service).toBe('millrace-worker')

    const attempt = trace.get('attempt email')
    expect(attempt?.fields).toMatchObject({
      'millrace.job.type': 'email',
      'millrace.queue': 'email',
      'millrace.job.attempt': 1,
      'millrace.job.outcome': 'completed',
    })
    // It began to wait when it could run, not when it was enqueued, and waited until its attempt.
    const wait = trace.get('wait email')
    expect((wait?.start ?? 0) - (trace.get('enqueue email')?.start ?? 0)).toBeGreaterThan(1_300)
    expect(Math.abs((wait?.end ?? 0) - (attempt?.start ?? 0))).toBeLessThan(100)
  })

  test('is the caller’s, when it has one', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const jobId = await submit(
      { type: 'email', input: mail },
      { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    )
    const trace = await traceOf(jobId, whole)
    expect(trace.get(REQUEST)).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' })
  })

  test('goes on when the queue is lost', async () => {
    const jobId = await submit({ type: 'report', input: period })
    const { rows } = await pool().query('SELECT traceparent FROM "Job" WHERE id = $1', [jobId])
    await pool().query('TRUNCATE bullmq.job CASCADE')
    await forgetDispatch([jobId])
    await app.startWorker(['reports'])
    const trace = await traceOf(jobId, ['POST /api/v1/jobs', 'handler report'])
    expect(rows[0]?.traceparent).toContain(trace.get('handler report')?.traceId)
  })

  test('has a span per attempt, and says of what one failed', async () => {
    const input = { url: 'https://nowhere.invalid/?token=hidden', event: 'x', payload: {} }
    const jobId = await submit({ type: 'webhook', input })
    const trace = await traceOf(jobId, ['attempt webhook', 'handler webhook'])
    expect(trace.get('attempt webhook')).toMatchObject({
      status: { code: 2, message: expect.stringContaining('nowhere.invalid') },
      fields: { 'millrace.job.outcome': 'failed', 'millrace.job.status': 'retrying' },
    })
  })

  test('has one span for a batch, whose jobs all belong to it', async () => {
    const items = Array.from({ length: 20 }, () => ({ input: mail }))
    await app.call('POST', '/api/v1/jobs/batch', keyOf(user), { type: 'email', items })
    await vi.waitFor(
      () => {
        const batches = collector.spans.filter(({ name }) => name === 'enqueue email batch')
        expect(batches).toHaveLength(1)
        const jobs = collector.spans.filter(
          ({ name, parentSpanId }) =>
            name === 'attempt email' && parentSpanId === batches[0]?.spanId,
        )
        expect(jobs).toHaveLength(20)
      },
      { timeout: 15_000, interval: 200 },
    )
  })

  test('is named by the log lines on the way', async () => {
    const requestId = 'the-request-of-this-test'
    const jobId = await submit({ type: 'email', input: mail }, { 'x-request-id': requestId })
    const trace = await traceOf(jobId, whole)
    const lines = app.said().split('\n').flatMap(parsed)
    const traceId = trace.get(REQUEST)?.traceId
    expect(trace.get('enqueue email')?.fields).toMatchObject({
      'millrace.request.id': requestId,
      'user.id': user.userId,
    })
    expect(lines).toContainEqual(
      expect.objectContaining({ jobId, attempt: 1, userId: user.userId, trace_id: traceId }),
    )
  })

  test('is not made of probes and scrapes', async () => {
    await app.call('GET', '/api/health/ready', {})
    await app.call('GET', '/api/metrics', {})
    await submit({ type: 'email', input: mail })
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(collector.spans.map(({ name }) => name).join()).not.toMatch(/health|metrics/)
  })
})

const period = { period: 'daily', from: '2026-01-01', to: '2026-01-02', format: 'csv' }

function parsed(line: string): unknown[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

describe('a collector that hangs', () => {
  test('slows no request and no job', async () => {
    collector.silent = true
    const started = performance.now()
    for (let n = 0; n < 20; n++) await submit({ type: 'email', input: mail })
    expect((performance.now() - started) / 20).toBeLessThan(500)
    await reaches(await submit({ type: 'email', input: mail }), 'COMPLETED')
    // The programs end while exports are under way: `afterAll` of the app waits for that.
  })
})
