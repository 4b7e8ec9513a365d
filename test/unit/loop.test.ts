import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { every } from '@/workers/loop'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('work that has more to do goes on after a second, and then keeps its rhythm', async () => {
  let left = 2
  const work = vi.fn(async () => left-- > 0)
  const loop = every(30_000, 'test', work)
  loop.now()
  await vi.advanceTimersByTimeAsync(2_500)
  expect(work).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(27_000)
  expect(work).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(work).toHaveBeenCalledTimes(4)
  await loop.stop()
})

test('work that has more to do does not go on once it is to stop', async () => {
  const work = vi.fn(async () => true)
  const loop = every(30_000, 'test', work)
  loop.now()
  await vi.advanceTimersByTimeAsync(500)
  await loop.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(work).toHaveBeenCalledTimes(1)
})
