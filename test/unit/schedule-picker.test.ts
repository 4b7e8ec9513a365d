import { describe, expect, test } from 'vitest'
import { choices, cronOf, nameFor, pickOf } from '@/app/(console)/schedules/picker'

describe('the picker of a schedule', () => {
  test.each(choices.map(({ value }) => value))('reads back what it wrote for every %j', (every) => {
    const pick = {
      every,
      time: every === 'hour' ? '00:05' : '21:05',
      day: every === 'month' ? '31' : '1',
    }
    expect(pickOf(cronOf(pick))).toEqual(pick)
  })

  test.each([
    ['0 9 * * 1', { every: '* * 1', time: '09:00', day: '1' }],
    ['05 09 * * 7', { every: '* * 0', time: '09:05', day: '1' }],
    [' 30  2 * * 1-5 ', { every: '* * 1-5', time: '02:30', day: '1' }],
    ['15 * * * *', { every: 'hour', time: '00:15', day: '1' }],
    ['0 0 15 * *', { every: 'month', time: '00:00', day: '15' }],
  ])('says %j', (cron, pick) => {
    expect(pickOf(cron)).toEqual(pick)
  })

  test.each([
    '* * * * *',
    '*/5 * * * *',
    '0 9 * * 1,3',
    '0 9 * 1 *',
    '0 9 1 * 1',
    '0 9 32 * *',
    '0 24 * * *',
    '60 9 * * *',
    '15 * * * 1',
    '0 0 9 * * 1',
    'every day',
    '',
  ])('leaves %j to the pattern', (cron) => {
    expect(pickOf(cron)).toBeUndefined()
  })

  test.each([
    ['0 9 * * 1', 'Weekly report, Mondays'],
    ['0 9 * * *', 'Daily report'],
    ['0 9 * * 1-5', 'Daily report, workdays'],
    ['0 * * * *', 'Hourly report'],
    ['0 9 1 * *', 'Monthly report'],
    ['*/5 * * * *', 'Scheduled report'],
  ])('names a schedule of %j “%s”', (cron, name) => {
    expect(nameFor('Report', cron)).toBe(name)
  })
})
