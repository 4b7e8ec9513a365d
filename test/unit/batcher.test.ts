import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { batcher } from '@/workers/runtime/batcher'

describe('batcher', () => {
  test('calls of one moment become one flush, and each gets its own answer', async () => {
    const flushes: number[][] = []
    const double = batcher<number, number>(
      async (items) => {
        flushes.push(items)
        return items.map((item) => item * 2)
      },
      { maxItems: 100, windowMs: 5, busyWindowMs: 5, maxInFlight: 2 },
    )
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
    expect(flushes).toEqual([[1, 2, 3]])
  })

  test('a full batch does not wait, and no more flushes run at once than allowed', async () => {
    let running = 0
    let most = 0
    const echo = batcher<number, number>(
      async (items) => {
        most = Math.max(most, ++running)
        await new Promise(setImmediate)
        running--
        return items
      },
      { maxItems: 10, windowMs: 1, busyWindowMs: 1, maxInFlight: 2 },
    )
    const items = Array.from({ length: 95 }, (_, index) => index)
    expect(await Promise.all(items.map(echo))).toEqual(items)
    expect(most).toBe(2)
  })

  test('waits longer for company once a flush has taken its time, and no longer than allowed', async () => {
    const flushes: number[] = []
    let flushMs = 0
    const echo = batcher<number, number>(
      async (items) => {
        flushes.push(items.length)
        await new Promise((resolve) => setTimeout(resolve, flushMs))
        return items
      },
      { maxItems: 100, windowMs: 0, busyWindowMs: 1_500, maxInFlight: 1 },
    )
    const waited = async () => {
      const begin = performance.now()
      await Promise.all([echo(1), echo(2)])
      return performance.now() - begin - flushMs
    }
    expect(await waited()).toBeLessThan(700)
    flushMs = 800
    expect(await waited()).toBeLessThan(700)
    flushMs = 0
    expect(await waited()).toBeGreaterThan(1_400)
    expect(await waited()).toBeLessThan(700)
    expect(flushes).toEqual([2, 2, 2, 2])
  })

  test('a failed flush fails its own items only', async () => {
    let first = true
    const once = batcher<string, string>(
      async (items) => {
        if (first) {
          first = false
          throw new Error('away')
        }
        return items
      },
      { maxItems: 1, windowMs: 1, busyWindowMs: 1, maxInFlight: 1 },
    )
    const [failed, answered] = await Promise.allSettled([once('a'), once('b')])
    expect(failed).toMatchObject({ status: 'rejected' })
    expect(answered).toMatchObject({ status: 'fulfilled', value: 'b' })
  })

  test('an item that PostgreSQL refuses fails alone, with few flushes more [C5.2]', async () => {
    let flushes = 0
    const refusing = batcher<number, number>(
      async (items) => {
        flushes++
        if (items.includes(42)) throw refused
        return items
      },
      { maxItems: 100, windowMs: 1, busyWindowMs: 1, maxInFlight: 1 },
    )
    const numbers = Array.from({ length: 100 }, (_, index) => index)
    const answers = await Promise.allSettled(numbers.map(refusing))
    const failed = answers.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))
    expect(failed).toEqual([42])
    expect(answers[42]).toMatchObject({ reason: refused })
    expect(flushes).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(100)))
  })
})

const refused = Object.assign(new pg.DatabaseError('invalid', 7, 'error'), { code: '22P02' })
