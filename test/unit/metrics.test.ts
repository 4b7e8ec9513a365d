import { describe, expect, it } from 'vitest'
import { periodOf, startsOf } from '@/app/_server/metrics/periods'
import { queueWord } from '@/app/_server/metrics/queue-state'
import { mergeHistograms, percentile } from '@/lib/metrics/histogram'

/** The bin that the SQL gives a length of time. */
const bin = (ms: number) => (ms < 1 ? 0 : 1 + Math.floor((4 * Math.log(ms)) / Math.log(2)))

function histogramOf(times: number[]) {
  return mergeHistograms(times.map((ms) => ({ [bin(ms)]: 1 })))
}

describe('percentiles of a histogram', () => {
  it('are right to within a bin, over seven decades', () => {
    for (const scale of [2, 30, 500, 8_000, 120_000, 3_600_000, 86_400_000]) {
      const times = Array.from({ length: 999 }, (_, index) => (scale * (index + 1)) / 999)
      const histogram = histogramOf(times)
      for (const share of [0.5, 0.95]) {
        const exact = scale * share
        const found = percentile(histogram, share) ?? 0
        expect(Math.abs(found - exact) / exact).toBeLessThan(0.1)
      }
    }
  })

  it('are unknown where nothing was counted', () => {
    expect(percentile({}, 0.5)).toBeNull()
  })
})

describe('the state of a queue', () => {
  const at = Date.now()
  const word = (waiting: number, active: number, waitedMs: number | null, other = {}) =>
    queueWord({
      paused: false,
      capacity: 5,
      totals: { failureRate: null },
      at,
      now: { waiting, active, oldestSince: waitedMs === null ? null : new Date(at - waitedMs) },
      ...other,
    })

  it('is one word', () => {
    expect(word(0, 0, null)).toBe('Idle')
    expect(word(0, 2, null)).toBe('Active')
    expect(word(3, 5, 1_000)).toBe('At capacity')
    expect(word(3, 5, 60_000)).toBe('Backlogged')
    expect(word(3, 0, 60_000, { paused: true })).toBe('Paused')
    expect(word(3, 0, 1_000, { capacity: 0 })).toBe('No worker')
  })

  it('is that jobs fail, even when there is nothing to do now', () => {
    expect(word(0, 0, null, { totals: { failureRate: 0.21 } })).toBe('Failing')
    expect(word(3, 5, 60_000, { totals: { failureRate: 0.05 } })).toBe('Failing')
    expect(word(0, 0, null, { totals: { failureRate: 0.004 } })).toBe('Idle')
  })
})

describe('a period', () => {
  it('ends with the span that is not over', () => {
    const now = Date.UTC(2026, 10, 24, 12, 34, 56)
    const starts = startsOf('day', now)
    expect(starts).toHaveLength(96)
    expect(starts.at(-1)).toBe(Date.UTC(2026, 10, 24, 12, 30))
    expect(periodOf('nonsense')).toBe('hour')
  })
})
