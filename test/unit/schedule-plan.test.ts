import { describe, expect, test } from 'vitest'
import { planFires } from '@/workers/supervisor/schedules/plan-fires'

type Due = Parameters<typeof planFires>[0]

/** A schedule that has been due since noon, UTC. */
function due(cron: string, policies: Partial<Due> = {}): Due {
  return {
    cron,
    timezone: 'UTC',
    missedPolicy: 'SKIP',
    overlapPolicy: 'ALLOW',
    nextFireAt: new Date('2026-03-02T12:00:00Z'),
    ...policies,
  }
}

/** The plan at a time of that day, as `12:00 RUN`. */
function plan(schedule: Due, time: string, busy = false) {
  const { fires, nextFireAt } = planFires(schedule, new Date(`2026-03-02T${time}Z`), busy)
  const clock = (date: Date) => date.toISOString().slice(11, 19)
  return {
    fires: fires.map(({ fireAt, outcome }) => `${clock(fireAt)} ${outcome}`),
    next: nextFireAt && clock(nextFireAt),
    details: fires.map(({ detail }) => detail),
  }
}

describe('a schedule that is due', () => {
  test('runs, and fires next at its next time', () => {
    expect(plan(due('0 * * * *'), '12:00:00')).toMatchObject({
      fires: ['12:00:00 RUN'],
      next: '13:00:00',
    })
  })

  test('runs up to a minute late, and is missed after that', () => {
    expect(plan(due('0 * * * *'), '12:01:00').fires).toEqual(['12:00:00 RUN'])
    expect(plan(due('0 * * * *'), '12:01:00.001').fires).toEqual(['12:00:00 SKIPPED_MISSED'])
  })

  test('is missed within that minute when its next time has come too', () => {
    expect(plan(due('*/10 * * * * *'), '12:00:25').fires).toEqual([
      '12:00:00 SKIPPED_MISSED',
      '12:00:10 SKIPPED_MISSED',
      '12:00:20 RUN',
    ])
  })

  test('runs every second even when the look comes seconds late', () => {
    expect(plan(due('* * * * * *'), '12:00:03.5')).toMatchObject({
      fires: ['12:00:00 RUN', '12:00:01 RUN', '12:00:02 RUN', '12:00:03 RUN'],
      next: '12:00:04',
    })
  })
})

describe('missed times', () => {
  test('are skipped one by one, and say why', () => {
    const { fires, details } = plan(due('0 * * * *'), '14:30:00')
    expect(fires).toEqual([
      '12:00:00 SKIPPED_MISSED',
      '13:00:00 SKIPPED_MISSED',
      '14:00:00 SKIPPED_MISSED',
    ])
    expect(details[0]).toBe('No worker was up then.')
  })

  test('run once for all when the schedule wishes', () => {
    expect(plan(due('0 * * * *', { missedPolicy: 'RUN_ONCE' }), '14:30:00')).toMatchObject({
      fires: ['12:00:00 SKIPPED_MISSED', '13:00:00 SKIPPED_MISSED', '14:00:00 RUN'],
      next: '15:00:00',
    })
  })

  test('do not run besides a time that is met', () => {
    expect(plan(due('0 * * * *', { missedPolicy: 'RUN_ONCE' }), '14:00:10').fires).toEqual([
      '12:00:00 SKIPPED_MISSED',
      '13:00:00 SKIPPED_MISSED',
      '14:00:00 RUN',
    ])
  })

  test('of a long absence are summed up after a hundred, and the present goes on', () => {
    const { fires, next, details } = plan(due('* * * * * *'), '18:00:00')
    expect(fires).toHaveLength(100)
    expect(new Set(fires.map((fire) => fire.split(' ')[1]))).toEqual(new Set(['SKIPPED_MISSED']))
    expect(next).toBe('17:59:00')
    expect(details.at(-1)).toBe(
      'No worker was up then, nor at any time until 2026-03-02T17:59:00.000Z.',
    )
  })
})

describe('a schedule that must not overlap', () => {
  const alone = { overlapPolicy: 'SKIP' } as const

  test('does not run while an earlier run goes on', () => {
    expect(plan(due('0 * * * *', alone), '12:00:00', true)).toMatchObject({
      fires: ['12:00:00 SKIPPED_OVERLAP'],
      next: '13:00:00',
      details: ['An earlier run had not ended.'],
    })
  })

  test('runs once when several of its times come together', () => {
    expect(plan(due('* * * * * *', alone), '12:00:01').fires).toEqual([
      '12:00:00 RUN',
      '12:00:01 SKIPPED_OVERLAP',
    ])
  })
})
