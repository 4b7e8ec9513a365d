import { CronExpressionParser } from 'cron-parser'
import { describe, expect, test } from 'vitest'
import { nextFire, nextFires } from '@/lib/schedules/next-fire'

const HOUR = 3600_000

/** All fires in [from, to), as UTC times without seconds. */
function fires(cron: string, timezone: string, from: string, to: string): string[] {
  const found: string[] = []
  let at: Date | null = new Date(Date.parse(from) - 1)
  for (;;) {
    at = nextFire(cron, timezone, at)
    if (!at || at.getTime() >= Date.parse(to)) return found
    found.push(`${at.toISOString().slice(0, 16)}Z`)
  }
}

/** The wall clock of a zone as people read it, by another way than the code under test. */
function wallTime(timezone: string, at: number): string {
  return new Date(at).toLocaleString('sv-SE', { timeZone: timezone }).slice(11, 16)
}

type Change = { timezone: string; spring: [string, string]; autumn: [string, string] }

const changes: Change[] = [
  {
    timezone: 'Europe/Berlin',
    spring: ['2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    autumn: ['2026-10-24T22:00Z', '2026-10-25T23:00Z'],
  },
  {
    timezone: 'America/New_York',
    spring: ['2026-03-08T05:00Z', '2026-03-09T04:00Z'],
    autumn: ['2026-11-01T04:00Z', '2026-11-02T05:00Z'],
  },
  {
    timezone: 'Australia/Lord_Howe',
    spring: ['2026-10-03T13:30Z', '2026-10-04T13:00Z'],
    autumn: ['2026-04-04T13:00Z', '2026-04-05T13:30Z'],
  },
] as const

function changesIn(timezone: string): Change {
  const found = changes.find((change) => change.timezone === timezone)
  if (!found) throw new Error(`No changes are known for ${timezone}`)
  return found
}

describe('times of day on the days the clock changes', () => {
  test.each([
    ['Europe/Berlin', '30 2 * * *', ['2026-03-29T01:30Z'], ['2026-10-25T00:30Z']],
    ['Europe/Berlin', '0 2 * * *', ['2026-03-29T01:00Z'], ['2026-10-25T00:00Z']],
    ['Europe/Berlin', '0 3 * * *', ['2026-03-29T01:00Z'], ['2026-10-25T02:00Z']],
    ['America/New_York', '30 2 * * *', ['2026-03-08T07:30Z'], ['2026-11-01T07:30Z']],
    ['America/New_York', '30 1 * * *', ['2026-03-08T06:30Z'], ['2026-11-01T05:30Z']],
    ['Australia/Lord_Howe', '15 2 * * *', ['2026-10-03T15:45Z'], ['2026-04-04T15:45Z']],
    ['Australia/Lord_Howe', '45 1 * * *', ['2026-10-03T15:15Z'], ['2026-04-04T14:45Z']],
  ])('in %s, %s fires once', (timezone, cron, inSpring, inAutumn) => {
    const zone = changesIn(timezone)
    expect(fires(cron, timezone, ...zone.spring)).toEqual(inSpring)
    expect(fires(cron, timezone, ...zone.autumn)).toEqual(inAutumn)
  })

  test.each(changes)('every minute of the day fires on both days in $timezone', (zone) => {
    for (const day of [zone.spring, zone.autumn]) {
      for (let hour = 0; hour < 24; hour++) {
        for (const minute of [0, 7, 30, 59]) {
          expect(fires(`${minute} ${hour} * * *`, zone.timezone, ...day)).toHaveLength(1)
        }
      }
    }
  })

  test('two times that the change brings together fire once', () => {
    const [from, to] = changesIn('Europe/Berlin').spring
    expect(fires('0 2,3,4 * * *', 'Europe/Berlin', from, to)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-29T02:00Z',
    ])
  })

  test('it does not matter where the search begins', () => {
    for (const { timezone, spring, autumn } of changes) {
      for (const [from, to] of [spring, autumn]) {
        const all = fires('*/20 1-3 * * *', timezone, from, to).map((time) => Date.parse(time))
        for (let at = Date.parse(from); at < Date.parse(to); at += 10 * 60_000) {
          const expected = all.find((fire) => fire > at)
          const found = nextFire('*/20 1-3 * * *', timezone, new Date(at))?.getTime()
          if (expected) expect(found).toBe(expected)
        }
      }
    }
  })
})

describe('intervals on the days the clock changes', () => {
  const patterns = [
    ['0 * * * *', (time: string) => time.endsWith(':00')],
    ['*/15 * * * *', (time: string) => /:(00|15|30|45)$/.test(time)],
    ['7 0-23 * * *', (time: string) => time.endsWith(':07')],
  ] as const

  test.each(changes)('follow the clock minute by minute in $timezone', (zone) => {
    for (const [from, to] of [zone.spring, zone.autumn]) {
      for (const [cron, matches] of patterns) {
        const expected: string[] = []
        for (let at = Date.parse(from); at < Date.parse(to); at += 60_000) {
          if (matches(wallTime(zone.timezone, at)))
            expected.push(`${new Date(at).toISOString().slice(0, 16)}Z`)
        }
        expect(fires(cron, zone.timezone, from, to)).toEqual(expected)
      }
    }
  })

  test.each(changes.slice(0, 2))('are evenly spaced in $timezone', (zone) => {
    for (const [from, to] of [zone.spring, zone.autumn]) {
      const hours = (Date.parse(to) - Date.parse(from)) / HOUR
      expect(fires('0 * * * *', zone.timezone, from, to)).toHaveLength(hours)
      expect(fires('*/15 * * * *', zone.timezone, from, to)).toHaveLength(4 * hours)
    }
  })
})

describe('the calendar', () => {
  test.each([
    '0 0 L * *',
    '30 9 * * 5L',
    '0 12 * * 1#2',
    '0 0 13 * 5',
    '0 0 29 2 *',
    '0 8 1,15 jan-jun mon',
    '15 10 ? * MON-FRI',
    '*/10 30 4 * * 7',
    '0 6 */5 * *',
    '0 0 * * 0-7',
  ])('%s agrees with the parser’s own search', (cron) => {
    for (const timezone of ['UTC', 'Europe/Berlin', 'Asia/Kathmandu']) {
      const currentDate = new Date('2026-01-31T10:11:12Z')
      const theirs = CronExpressionParser.parse(cron, { tz: timezone, currentDate })
      const expected = theirs.take(20).map((date) => date.toDate())
      expect(nextFires(cron, timezone, currentDate, 20)).toEqual(expected)
    }
  })

  test('seconds are optional and come first', () => {
    const after = new Date('2026-01-01T00:00:10Z')
    expect(nextFire('*/20 * * * * *', 'UTC', after)?.toISOString()).toBe('2026-01-01T00:00:20.000Z')
    expect(nextFire('* * * * *', 'UTC', after)?.toISOString()).toBe('2026-01-01T00:01:00.000Z')
  })

  test('a fire is later than the moment asked about', () => {
    const at = new Date('2026-01-01T00:01:00Z')
    expect(nextFire('* * * * *', 'UTC', at)?.toISOString()).toBe('2026-01-01T00:02:00.000Z')
    const justBefore = new Date(at.getTime() - 1)
    expect(nextFire('* * * * *', 'UTC', justBefore)).toEqual(at)
    expect(nextFire('1 0 * * *', 'UTC', justBefore)).toEqual(at)
  })

  test('a day the zone skipped whole falls into the next', () => {
    const before = new Date('2011-12-29T23:00:00Z')
    expect(
      nextFires('0 12 * * *', 'Pacific/Apia', before, 2).map((at) => at.toISOString()),
    ).toEqual(['2011-12-30T22:00:00.000Z', '2011-12-31T22:00:00.000Z'])
  })

  test('what never comes is null', () => {
    expect(nextFire('0 0 31 4,6 *', 'UTC', new Date())).toBeNull()
  })
})
