import { describe, expect, test } from 'vitest'
import { differencesOf } from '@/app/_server/job-page/differences'
import { type Entry, readInput } from '@/app/_server/job-page/readable'
import { adviceFor } from '@/app/(console)/jobs/[id]/advice'
import type { JobView } from '@/lib/jobs/view'

const FILE = '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c03'
const ENDPOINT = '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c04'

/** Entries as lines: `label: part · part`. */
const lines = (entries: Entry[]) =>
  entries.map(({ label, parts, json }) => {
    const said = parts.map((part) => [part.label, part.text].filter(Boolean).join(' '))
    return `${label}: ${json === undefined ? said.join(' · ') : JSON.stringify(json)}`
  })

describe('an input', () => {
  test('reads as its form asks for it: with labels, units, choices and steps', () => {
    const operations = [
      { type: 'resize', width: 800, fit: 'cover' },
      { type: 'watermark', fileId: FILE, gravity: 'southeast' },
    ]
    const entries = readInput('image', { fileId: FILE, operations, format: 'webp' })
    expect(lines(entries)).toEqual([
      `Image: ${FILE}`,
      'Step 1: Resize · Width 800 px',
      `Step 2: Watermark · Or an image ${FILE} · Place bottom right`,
      'Format: WebP',
    ])
    expect(entries.flatMap(({ parts }) => parts.filter(({ record }) => record))).toHaveLength(2)
  })

  test('names known texts, and keeps what no field knows', () => {
    const variables = { title: 'Hi', other: 3 }
    const input = { template: 'notice', to: 'ann@example.com', variables, later: { a: 1 } }
    expect(lines(readInput('email', input))).toEqual([
      ...['Template: Notice', 'To: ann@example.com', 'Variables: Title Hi · other 3'],
      'later: {"a":1}',
    ])
  })

  test('of an unknown type, or of none, reads as nothing', () => {
    expect(readInput('gone', { a: 1 })).toEqual([])
    expect(readInput('email', null)).toEqual([])
    expect(readInput('email', 'text')).toEqual([])
  })
})

describe('two inputs', () => {
  const webhook = (payload: unknown, endpointId?: string) =>
    readInput('webhook', { ...(endpointId ? { endpointId } : {}), event: 'a.b', payload })
  const compare = (here: Entry[], there: Entry[]) =>
    differencesOf(here, there, (id) => (id === ENDPOINT ? 'Shop' : undefined)).map(
      ({ label, ...texts }) => `${label}: ${texts.here} / ${texts.there}`,
    )

  test('differ where their values do, also within JSON, and by type', () => {
    const here = webhook({ id: 42, items: [{ sku: 'a' }], note: 'x' }, ENDPOINT)
    const there = webhook({ id: '42', items: [{ sku: 'b' }] })
    expect(compare(here, there)).toEqual([
      'Send to: Shop / –',
      'Payload › id: 42 / "42"',
      'Payload › items › 0 › sku: a / b',
      'Payload › note: x / –',
    ])
    expect(compare(here, here)).toEqual([])
  })

  test('of any size are compared within limits', () => {
    const long = (word: string) =>
      Object.fromEntries(Array.from({ length: 9_000 }, (_, n) => [n, word]))
    const found = compare(webhook({ ...long('a'.repeat(999)) }), webhook({ ...long('b') }))
    expect(found.length).toBeLessThanOrEqual(500)
    expect(Math.max(...found.map(({ length }) => length))).toBeLessThan(200)
  })
})

describe('what to do about a failed job', () => {
  const advice = (code: string | undefined, more: Partial<JobView> = {}) => {
    const error = { name: 'JobError', message: 'It broke', ...(code ? { code } : {}) }
    const job: JobView = {
      ...{ id: FILE, type: 'webhook', queue: 'webhooks', status: 'failed', title: 'Hook' },
      ...{ progress: null, input: {}, result: null, error, attempt: 1, maxAttempts: 5, tags: [] },
      ...{ priority: 10, batchId: null, scheduleId: null, idempotencyKey: null, originalId: null },
      ...{ cancelRequested: false, createdAt: '', runAt: '', waitingSince: null, startedAt: null },
      ...{ finishedAt: null, nextAttemptAt: null },
      ...more,
    }
    return adviceFor(job)
  }

  test('a wrong address is corrected at the endpoint, or else in another job', () => {
    const input = { endpointId: ENDPOINT, event: 'a.b', payload: 1 }
    expect(advice('http_404', { input })).toMatchObject({
      ...{ remedy: 'retry', link: { href: `/webhooks/${ENDPOINT}` } },
    })
    const own = { url: 'https://a.example/', event: 'a.b', payload: 1 }
    expect(advice('http_404', { input: own })).toEqual({
      remedy: 'duplicate',
      sentence: 'The receiver knows no such address. Duplicate the job with the right URL.',
    })
  })

  test('after an unknown error, another attempt helps unless attempts were left', () => {
    expect(advice(undefined, { attempt: 5 }).remedy).toBe('retry')
    expect(advice('mine', { attempt: 5 }).sentence).toMatch(/^It was tried 5 times\./)
    expect(advice('mine').remedy).toBe('duplicate')
  })

  test('nobody is told to duplicate what people cannot make', () => {
    expect(advice('mine', { type: 'bulk-action' }).remedy).toBeUndefined()
  })
})
