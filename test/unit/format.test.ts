import { describe, expect, test } from 'vitest'
import { formatLatency } from '@/app/_server/format/latency'
import { formatRelative } from '@/app/_server/format/relative-time'
import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import { formatDuration, millisecondsBetween } from '@/lib/format/duration'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('durations', () => {
  test.each([
    [0, '0 s'],
    [20, '0.02 s'],
    [1_310, '1.3 s'],
    [994, '0.99 s'],
    [999, '1.0 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [59_600, '1 min'],
    [125_000, '2 min 5 s'],
    [HOUR - 100, '1 h'],
    [3 * HOUR + 20 * MINUTE, '3 h 20 min'],
    [DAY - 1_000, '1 d'],
    [4 * DAY + HOUR, '4 d 1 h'],
    [-5, '0 s'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  test('between two times never runs backwards', () => {
    expect(millisecondsBetween('2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.500Z')).toBe(1_500)
    expect(millisecondsBetween('2026-01-01T00:00:01.000Z', '2026-01-01T00:00:00.000Z')).toBe(0)
  })
})

describe('relative times', () => {
  test.each([
    [500, 'just now'],
    [-500, 'just now'],
    [12_000, '12 s ago'],
    [-38_000, 'in 38 s'],
    [59_999, '59 s ago'],
    [2 * MINUTE, '2 min ago'],
    [5 * HOUR, '5 h ago'],
    [30 * DAY, '30 d ago'],
    [31 * DAY, '1 month ago'],
    [100 * DAY, '3 months ago'],
    [800 * DAY, '2 years ago'],
  ])('%d ms before now is %s', (distance, text) => {
    const now = Date.UTC(2026, 10, 24)
    expect(formatRelative(now - distance, now)).toBe(text)
  })
})

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [812, '812 B'],
    [1_000, '0.977 KB'],
    [4_400_000, '4.2 MB'],
    [20 * 1024 * 1024, '20 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

test('counts have separators and the right noun', () => {
  expect(countOf(1, 'job')).toBe('1 job')
  expect(countOf(1_284, 'job')).toBe('1,284 jobs')
  expect(countOf(2, 'retry', 'retries')).toBe('2 retries')
})

test('latencies are in milliseconds below a second', () => {
  expect([0, 3.4, 999, 1_000, 29_800].map(formatLatency)).toEqual([
    '0 ms',
    '3 ms',
    '999 ms',
    '1.0 s',
    '30 s',
  ])
})
