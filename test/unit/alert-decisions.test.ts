import { describe, expect, test } from 'vitest'
import { decide, type OpenAlert } from '@/lib/alerts/decide'
import type { Facts } from '@/lib/alerts/facts/facts'
import type { RuleTerms } from '@/lib/alerts/terms'

const at = new Date('2026-11-24T12:00:00Z')

const rule: RuleTerms = {
  id: 'rule',
  name: 'Deep',
  kind: 'depth',
  scope: 'QUEUE',
  target: 'email',
  fireAt: 100,
  resolveAt: 10,
  windowMinutes: null,
}

const open: OpenAlert = {
  id: 'alert',
  ruleId: 'rule',
  subject: 'queue:email',
  toldAt: at,
  quietUntil: null,
}

function facts(count: number): Facts {
  return {
    at,
    waiting: [{ queue: 'email', type: 'email', count, oldestSince: at, paused: false }],
  }
}

const nothing = { fire: [], close: [], tell: [] }

describe('an alert that is not open', () => {
  test.each([0, 11, 99])('stays so at %i of 100', (count) => {
    expect(decide([rule], [], facts(count))).toEqual(nothing)
  })

  test('fires at the threshold', () => {
    expect(decide([rule], [], facts(100))).toEqual({
      ...nothing,
      fire: [
        {
          ruleId: 'rule',
          subject: 'queue:email',
          value: 100,
          message: '100 jobs wait in queue email.',
        },
      ],
    })
  })
})

describe('an open alert', () => {
  test.each([11, 99, 100, 5_000])('stays open at %i, and does not fire again', (count) => {
    expect(decide([rule], [open], facts(count))).toEqual(nothing)
  })

  test('is over at the other threshold', () => {
    const close = [{ id: 'alert', value: 10, resolution: 'It is over.' }]
    expect(decide([rule], [open], facts(10))).toEqual({ ...nothing, close })
  })

  test('closes when no rule watches it any more', () => {
    const close = [{ id: 'alert', value: null, resolution: 'It is no longer watched.' }]
    expect(decide([], [open], facts(500))).toEqual({ ...nothing, close })
    const elsewhere = { ...rule, target: 'webhooks' }
    expect(decide([elsewhere], [open], facts(500))).toEqual({ ...nothing, close })
  })

  test('stays as it is while nothing can be told', () => {
    const disk = { ...rule, kind: 'disk', scope: 'ALL' as const, target: null }
    const full = { ...open, subject: 'installation' }
    expect(decide([disk], [full], { at, disk: undefined })).toEqual(nothing)
    expect(decide([disk], [full], { at, disk: 0.05 }).close).toHaveLength(1)
  })

  test('that nobody was told of is told when the quiet time is over, if it is open then', () => {
    const untold = (quietUntil: string) => ({
      ...open,
      toldAt: null,
      quietUntil: new Date(quietUntil),
    })
    const early = untold('2026-11-24T12:00:01Z')
    const late = untold('2026-11-24T12:00:00Z')
    expect(decide([rule], [early], facts(500))).toEqual(nothing)
    expect(decide([rule], [late], facts(500))).toEqual({ ...nothing, tell: ['alert'] })
    expect(decide([rule], [late], facts(50)).tell).toEqual(['alert'])
    expect(decide([rule], [late], facts(0))).toMatchObject({ tell: [], close: [{ id: 'alert' }] })
  })
})

test('few jobs make no rate, but they end one', () => {
  const rate = { ...rule, kind: 'failure-rate', fireAt: 50, resolveAt: 20, windowMinutes: 15 }
  const ended = (completed: number, failed: number): Facts => ({
    at,
    ended: [{ queue: 'email', type: 'email', start: at, completed, failed }],
  })
  expect(decide([rate], [], ended(0, 9))).toEqual(nothing)
  expect(decide([rate], [], ended(0, 10)).fire).toMatchObject([{ value: 100 }])
  expect(decide([rate], [open], ended(3, 1))).toEqual(nothing)
  expect(decide([rate], [open], ended(4, 1)).close).toHaveLength(1)
  expect(decide([rate], [open], { at, ended: [] }).close).toHaveLength(1)
})
