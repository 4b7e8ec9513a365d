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
      { maxItems: 100, windowMs: 5, crowdedWindowMs: 5, maxInFlight: 2 },
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
      { maxItems: 10, windowMs: 1, crowdedWindowMs: 1, maxInFlight: 2 },
    )
    const items = Array.from({ length: 95 }, (_, index) => index)
    expect(await Promise.all(items.map(echo))).toEqual(items)
    expect(most).toBe(2)
  })

  test('waits longer for company while many come, and no longer than that', async () => {
    const flushes: number[] = []
    const echo = batcher<number, number>(
      async (items) => {
        flushes.push(items.length)
        return items
      },
      { maxItems: 100, windowMs: 0, crowdedWindowMs: 500, maxInFlight: 1 },
    )
    const many = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => echo(at)))
    const took = async (work: Promise<unknown>) => {
      const begin = performance.now()
      await work
      return performance.now() - begin
    }
    await many(9)
    expect(await took(many(8))).toBeGreaterThan(450)
    expect(await took(many(1))).toBeLessThan(450)
    expect(flushes).toEqual([9, 8, 1])
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
      { maxItems: 1, windowMs: 1, crowdedWindowMs: 1, maxInFlight: 1 },
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
      { maxItems: 100, windowMs: 1, crowdedWindowMs: 1, maxInFlight: 1 },
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
