import { describe, expect, test } from 'vitest'
import { queuePriority } from '@/lib/queue/priority'

describe('queuePriority', () => {
  test('urgency goes before turns', () => {
    const urgent = queuePriority({ priority: 1, turn: 200_000 })
    expect(urgent).toBeLessThan(queuePriority({ priority: 10, turn: 1 }))
  })

  test('jobs of one urgency go by their turns', () => {
    const first = queuePriority({ priority: 10, turn: 1 })
    expect(first).toBeLessThan(queuePriority({ priority: 10, turn: 2 }))
  })

  test('the largest turn of the least urgent job is a number that BullMQ takes', () => {
    expect(queuePriority({ priority: 1_000, turn: 10_000_000 })).toBeLessThanOrEqual(2 ** 21)
    expect(queuePriority({ priority: 1_000, turn: 1 })).toBeGreaterThan(
      queuePriority({ priority: 500, turn: 10_000_000 }),
    )
  })

  test('a job without a turn is first of its urgency, never without priority', () => {
    expect(queuePriority({ priority: 1, turn: 0 })).toBe(1)
  })
})
