import { describe, expect, test } from 'vitest'
import { spanOf } from '@/app/(console)/jobs/_filters/moments'
import { isFolded, readFilter, shownOf } from '@/app/(console)/jobs/_filters/query'
import { readTokens } from '@/app/(console)/jobs/_filters/tokens'

const viewer = { userId: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c04', role: 'ADMIN' } as const
/** A Saturday; in Berlin it is 00:30 of that day, in UTC still Friday. */
const now = Date.parse('2026-11-27T23:30:00Z')

function tokens(q: string, isAdmin = true) {
  return readTokens(q, { userId: viewer.userId, isAdmin, timezone: 'Europe/Berlin', now })
}

describe('words of the search', () => {
  test('are filters, and the rest is text to search for', () => {
    expect(tokens('status:failed,retrying tag:orders owner:eva since:yesterday no route')).toEqual({
      values: { status: 'failed,retrying', tag: 'orders', who: 'eva', period: 'yesterday' },
      text: 'no route',
      problems: [],
    })
  })

  test('may be in capitals, in quotes, by label, and come in any order', () => {
    expect(tokens('Order TAG:"summer sale" Type:Email status:FAILED status:active')).toEqual({
      values: { tag: 'summer sale', type: 'email', status: 'failed,active' },
      text: 'Order',
      problems: [],
    })
  })

  test.each([
    ['since:2026-11-01', { since: '2026-11-01' }],
    ['until:2026-11-01', { until: '2026-11-01' }],
    ['since:3d', { period: '3d' }],
    ['since:Monday', { period: 'monday' }],
    ['since:2026-11-01T10:00:00Z', { from: '2026-11-01T10:00:00Z' }],
    ['until:yesterday', { to: '2026-11-27T23:00:00.000Z' }],
    ['owner:system', { owner: 'system' }],
    ['owner:me', { owner: viewer.userId }],
    [`batch:${viewer.userId}`, { batchId: viewer.userId }],
  ])('%s', (q, values) => {
    expect(tokens(q)).toMatchObject({ values, problems: [] })
  })

  test.each([
    ['status:broken', /is no status: scheduled, queued/],
    ['status:failed,', undefined],
    ['status:', /followed by nothing/],
    ['type:fax', /is no job type: email/],
    ['since:whenever', /is no time/],
    ['since:2026-02-30', /is no time/],
    ['tag:a tag:b', /second of its kind/],
    ['batch:7', /names no id/],
  ])('%s is explained where it cannot be read', (q, problem) => {
    const { problems } = tokens(q)
    expect(problems).toEqual(problem ? [expect.stringMatching(problem)] : [])
  })

  test('leaves alone what only looks like one', () => {
    const q = 'https://shop.example.com/a:b constructor:x 12:30 :status ::'
    expect(tokens(q)).toEqual({ values: {}, text: q, problems: [] })
  })

  test('searches for what is in quotes as it is', () => {
    expect(tokens('"no route" tag:"a b" c:"d e"')).toMatchObject({
      values: { tag: 'a b' },
      text: 'no route c:"d e"',
    })
    expect(tokens('say "no')).toMatchObject({ values: {}, text: 'say "no' })
  })

  test('names owners for admins alone', () => {
    expect(tokens('owner:eva', false)).toMatchObject({
      values: {},
      problems: [expect.stringContaining('for admins')],
    })
  })
})

describe('times', () => {
  const span = (text: string) => {
    const { from, to } = spanOf(text, 'Europe/Berlin', now) ?? {}
    return [from?.toISOString(), to?.toISOString()]
  }

  test('are days of the person’s own time zone', () => {
    expect(span('today')).toEqual(['2026-11-27T23:00:00.000Z', '2026-11-28T23:00:00.000Z'])
    expect(span('yesterday')).toEqual(['2026-11-26T23:00:00.000Z', '2026-11-27T23:00:00.000Z'])
    expect(span('saturday')).toEqual(span('today'))
    expect(span('sun')).toEqual(['2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'])
    // The clocks go back: the day has 25 hours.
    expect(span('2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'])
  })

  test('or so long ago', () => {
    expect(span('90m')[0]).toBe('2026-11-27T22:00:00.000Z')
    expect(span('2w')[0]).toBe('2026-11-13T23:30:00.000Z')
  })

  test.each(['', 'to', '2026-13-01', '7', '7y', '2026-11-01Tx'])('%o is none', (text) => {
    expect(spanOf(text, 'Europe/Berlin', now)).toBeUndefined()
  })
})

describe('the address of the list', () => {
  const read = (params: Record<string, string | string[]>) =>
    readFilter(shownOf(params, viewer), 'Europe/Berlin')

  test('takes several statuses, with commas or as a form sends them', () => {
    expect(read({ status: 'failed,retrying' })?.filter.status).toEqual(['FAILED', 'RETRYING'])
    expect(read({ status: ['failed', 'active'] })?.filter.status).toEqual(['FAILED', 'ACTIVE'])
    expect(read({ status: 'failed,wrong' })).toBeNull()
  })

  test('bounds the list by the narrowest of its times', () => {
    const { words } = read({ since: '2026-11-01', from: '2026-11-05', until: '2026-11-07' }) ?? {}
    expect(words).toEqual({ from: '2026-11-05T00:00:00.000Z', to: '2026-11-07T23:00:00.000Z' })
    expect(read({ period: '99' })).toBeNull()
    expect(read({ period: '9999w' })).toBeNull()
  })

  test('leaves deliveries out while it narrows nothing but time and owner', () => {
    expect(isFolded(shownOf({ period: '7d', owner: 'system' }, viewer))).toBe(true)
    expect(isFolded(shownOf({ status: 'failed' }, viewer))).toBe(false)
    expect(isFolded(shownOf({ deliveries: 'shown' }, viewer))).toBe(false)
  })
})
