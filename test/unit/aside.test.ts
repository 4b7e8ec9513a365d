import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAside } from '@/workers/runtime/aside'

const comeBack = vi.fn()
const leave = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
})
afterEach(() => vi.useRealTimers())

describe('a worker that meets a job for newer ones', () => {
  test('takes nothing from that queue for a moment, once for all that it meets', () => {
    const aside = createAside({ leave, comeBack })
    expect(aside.step('email')).toBe(0)
    expect(aside.step('email')).toBe(0)
    expect(leave.mock.calls).toEqual([['email']])
    expect(aside.has('email')).toBe(true)
    expect(aside.has('reports')).toBe(false)
    vi.advanceTimersByTime(1_500)
    expect(aside.has('email')).toBe(false)
    expect(comeBack).toHaveBeenCalledOnce()
  })

  test('serves it four times as long before it does so again', () => {
    const aside = createAside({ leave, comeBack })
    aside.step('email')
    vi.advanceTimersByTime(1_500)
    expect(aside.step('email')).toBe(6_000)
    vi.advanceTimersByTime(5_000)
    expect(aside.step('email')).toBe(1_000)
    vi.advanceTimersByTime(1_000)
    expect(aside.step('email')).toBe(0)
    expect(leave).toHaveBeenCalledTimes(2)
  })

  test('comes back to nothing once it has stopped', () => {
    const aside = createAside({ leave, comeBack })
    aside.step('email')
    aside.stop()
    vi.advanceTimersByTime(60_000)
    expect(comeBack).not.toHaveBeenCalled()
  })
})
