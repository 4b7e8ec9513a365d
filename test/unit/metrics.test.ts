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
  const word = (waiting: number, active: number, waitedMs: number | null, paused = false) =>
    queueWord({
      paused,
      capacity: 5,
      at,
      now: { waiting, active, oldestSince: waitedMs === null ? null : new Date(at - waitedMs) },
    })

  it('is one word', () => {
    expect(word(0, 0, null)).toBe('Idle')
    expect(word(0, 2, null)).toBe('Active')
    expect(word(3, 5, 1_000)).toBe('At capacity')
    expect(word(3, 5, 60_000)).toBe('Backlogged')
    expect(word(3, 0, 60_000, true)).toBe('Paused')
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
