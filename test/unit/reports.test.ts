import { describe, expect, it } from 'vitest'
import { resolveRange, splitRange } from '@/lib/reports/range'
import { periodWords, rangeWords, rateWords } from '@/lib/reports/words'
import { offsetAt } from '@/lib/time/zone'
import { wallClock } from '@/workers/handlers/report/data/wall-clock'
import { linearScale, timeScale } from '@/workers/handlers/report/pdf/scale'

const HOUR = 3_600_000
const now = new Date('2026-11-24T12:00:00Z')
const range = (from: string, to: string, timezone = 'UTC') =>
  resolveRange({ period: 'daily', from, to }, timezone, now)

describe('a range', () => {
  it('is cut into days of 23 and 25 hours where the clock changes', () => {
    const hours = (from: string, to: string, timezone: string) =>
      splitRange('daily', range(from, to, timezone), timezone).map(
        (day) => (day.to.getTime() - day.from.getTime()) / HOUR,
      )
    expect(hours('2026-03-28', '2026-03-30', 'Europe/Berlin')).toEqual([24, 23, 24])
    expect(hours('2026-10-31', '2026-11-02', 'America/New_York')).toEqual([24, 25, 24])
    // The clocks go forward at midnight: the day begins at one o'clock.
    expect(hours('2026-03-28', '2026-03-30', 'Asia/Beirut')).toEqual([24, 23, 24])
    // The day that Samoa left out when it crossed the date line.
    expect(hours('2011-12-29', '2011-12-31', 'Pacific/Apia')).toEqual([24, 24])
  })

  it('is cut on Mondays and on the first of months, its ends where they are', () => {
    const starts = (period: 'weekly' | 'monthly') =>
      splitRange(period, range('2026-10-15', '2026-12-03'), 'UTC').map(({ from }) =>
        from.toISOString().slice(5, 10),
      )
    expect(starts('monthly')).toEqual(['10-15', '11-01', '12-01'])
    expect(starts('weekly').slice(0, 3)).toEqual(['10-15', '10-19', '10-26'])
  })

  it.each([
    ['daily', '2026-10-25T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['weekly', '2026-08-31T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['monthly', '2025-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
  ] as const)('without bounds is whole periods: %s', (period, from, to) => {
    const { from: start, to: end } = resolveRange({ period }, 'UTC', now)
    expect([start.toISOString(), end.toISOString()]).toEqual([from, to])
  })

  it('reads as people write it', () => {
    const words = (from: string, to: string) => rangeWords(range(from, to), 'UTC')
    expect(words('2026-11-01', '2026-11-30')).toBe('1–30 Nov 2026')
    expect(words('2026-11-01', '2026-11-01')).toBe('1 Nov 2026')
    expect(words('2026-11-01T06:00:00Z', '2026-11-02T00:00:00Z')).toBe(
      '1 Nov 2026, 06:00 – 2 Nov 2026, 00:00',
    )
    const month = range('2026-11-01', '2026-11-30')
    expect(periodWords('monthly', month, 'UTC')).toBe('Nov 2026')
    expect(periodWords('monthly', range('2026-11-05', '2026-11-30'), 'UTC')).toBe('5–30 Nov 2026')
  })
})

describe('a rate', () => {
  it.each([
    [null, '–'],
    [1, '100 %'],
    [0.99999, '99.9 %'],
    [0.00001, '0.1 %'],
    [0, '0 %'],
    [0.8661, '86.6 %'],
  ])('of %s reads %s', (rate, words) => expect(rateWords(rate)).toBe(words))
})

describe('a wall clock', () => {
  it.each(['Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'])(
    'shows what the time zone %s shows, at every quarter of an hour of a year',
    (timezone) => {
      const wall = wallClock(timezone)
      const start = Date.UTC(2026, 0)
      for (let quarter = 0; quarter < 365 * 96; quarter += 7) {
        const at = start + quarter * (HOUR / 4) + 1
        expect(wall(at)).toBe(at + offsetAt(timezone, at))
      }
    },
  )
})

describe('the scale of a chart', () => {
  it('ends on a round number at or above the largest value', () => {
    expect(linearScale(240).ticks).toEqual([0, 100, 200, 300])
    expect(linearScale(3).ticks).toEqual([0, 1, 2, 3])
    expect(linearScale(0).ticks).toEqual([0, 1])
  })

  it('counts seconds in sixties', () => {
    expect(timeScale([40_000, 85_000]).ticks).toEqual([0, 30_000, 60_000, 90_000])
  })

  it('leaps where small values would not show, and keeps all within', () => {
    const scale = timeScale([0, 20, 300_000])
    expect(scale.ticks[0]).toBe(10)
    expect(scale.ticks.at(-1)).toBe(600_000)
    for (const value of [0, 20, 300_000]) {
      expect(scale.at(value)).toBeGreaterThanOrEqual(0)
      expect(scale.at(value)).toBeLessThanOrEqual(1)
    }
  })
})
