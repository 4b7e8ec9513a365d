import { describe, expect, test } from 'vitest'
import { describeCron } from '@/app/_server/schedules/describe'
import { CronError, parseCron } from '@/lib/schedules/cron'
import { isTimezone } from '@/lib/time/zone'

describe('cron patterns', () => {
  test.each([
    ['', 'five fields'],
    ['* * * *', 'five fields'],
    ['* * * * * * *', 'five fields'],
    ['@daily', 'five fields'],
    ['H * * * *', 'have a meaning'],
    ['0 0 LW * *', 'have a meaning'],
    ['60 * * * *', '60 is not between 0 and 59'],
    ['0 24 * * *', '24 is not between 0 and 23'],
    ['*/0 * * * *', '0'],
    ['0 22-2 * * *', '22-2'],
    ['0 0 * foo *', 'Unknown name'],
    ['0 0 * * \0', 'have a meaning'],
    [`${'1,'.repeat(200)}1 * * * *`, '200'],
  ])('%j is refused, with a reason', (cron, reason) => {
    expect(() => parseCron(cron)).toThrow(CronError)
    expect(() => parseCron(cron)).toThrow(reason)
  })

  test.each([
    ['30 2 * * *', 'At 02:30'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['0 9 * * 1', 'At 09:00, only on Monday'],
    ['*/10 * * * * *', 'Every 10 seconds'],
    ['0 0 L * *', 'At 00:00, on the last day of the month'],
  ])('%s reads “%s”', (cron, words) => {
    expect(describeCron(cron)).toBe(words)
  })
})

describe('time zones', () => {
  test.each([
    'UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'Asia/Kolkata',
  ])('%s is one', (name) => expect(isTimezone(name)).toBe(true))
  test.each(['', 'Berlin', '+01:00', 'Europe/Berlin\n', '../etc', 'Mars/Olympus', 'x'.repeat(100)])(
    '%j is none',
    (name) => expect(isTimezone(name)).toBe(false),
  )
})
