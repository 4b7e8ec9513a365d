import { describe, expect, test } from 'vitest'
import { backoffDelay } from '@/workers/runtime/backoff'

describe('backoffDelay', () => {
  test('doubles with every attempt', () => {
    const delays = [1, 2, 3, 4].map((attempt) =>
      backoffDelay({ type: 'exponential', delayMs: 1_000 }, attempt, 0),
    )
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000])
  })

  test('stays the same when it is fixed', () => {
    expect(backoffDelay({ type: 'fixed', delayMs: 500 }, 7, 0)).toBe(500)
  })

  test('adds a tenth at most, so that failures spread', () => {
    expect(backoffDelay({ type: 'fixed', delayMs: 1_000 }, 1, 1)).toBe(1_100)
  })

  test('never waits longer than a day', () => {
    expect(backoffDelay({ type: 'exponential', delayMs: 5_000 }, 60, 0)).toBe(24 * 3600_000)
  })
})
