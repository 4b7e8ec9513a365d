import { CronExpressionParser, type CronFieldCollection } from 'cron-parser'

/** What a cron pattern says, apart from the zone it is meant in. */
export type CronPattern = {
  seconds: readonly number[]
  minutes: readonly number[]
  hours: readonly number[]
  /** Every hour is named: the pattern means an interval, not times of day. */
  everyHour: boolean
  matchesDay(day: CalendarDay): boolean
}

export type CalendarDay = { year: number; month: number; day: number }

/** A pattern that cannot be used; the message is for the person who wrote it. */
export class CronError extends Error {
  override name = 'CronError'
}

const MAX_LENGTH = 200

/**
 * Reads a cron pattern of five fields (minute, hour, day of month, month, day of week) or six
 * (second first).
 * @throws {CronError}
 */
export function parseCron(cron: string): CronPattern {
  const fields = cron.trim().split(/\s+/)
  if (cron.length > MAX_LENGTH) throw new CronError(`Expected at most ${MAX_LENGTH} characters`)
  if (fields.length !== 5 && fields.length !== 6) {
    throw new CronError(
      'Expected five fields (minute, hour, day of month, month, day of week), or six with seconds first',
    )
  }
  // Letters that cron-parser gives a meaning of its own, e.g. `H` for a random value.
  if (/[^\d\s*,/?#L-]/i.test(cron.replace(/\b[a-z]{3}\b/gi, ''))) {
    throw new CronError('Only digits, names of months and days, and * , - / ? # L have a meaning')
  }
  return patternOf(parseFields(fields.join(' ')))
}

function parseFields(cron: string): CronFieldCollection {
  try {
    return CronExpressionParser.parse(cron, { tz: 'UTC' }).fields
  } catch (error) {
    throw new CronError(readable(error instanceof Error ? error.message : ''))
  }
}

/** The parser's message without the names of its classes. */
function readable(message: string): string {
  const text = message
    .replace(/^(Cron\w+ Validation|Constraint|Validation) error, ?/, '')
    .replace(/cannot resolve alias/i, 'Unknown name')
  return text ? text[0]?.toUpperCase() + text.slice(1) : 'Not a cron pattern'
}

function patternOf(fields: CronFieldCollection): CronPattern {
  const hours = numbers(fields.hour.values)
  return {
    seconds: numbers(fields.second.values),
    minutes: numbers(fields.minute.values),
    hours,
    everyHour: hours.length === 24,
    matchesDay: dayMatcher(fields),
  }
}

/** A day of month and a day of week that are both given: either is enough, as cron has always had it. */
function dayMatcher({ month, dayOfMonth, dayOfWeek }: CronFieldCollection) {
  const months = numbers(month.values)
  const days = numbers(dayOfMonth.values)
  const { nthDay } = dayOfWeek
  const weekdays = dayOfWeek.values.map((value) => ({
    weekday: Number.parseInt(String(value), 10) % 7,
    lastOnly: String(value).endsWith('L'),
  }))

  return (date: CalendarDay): boolean => {
    if (!months.includes(date.month)) return false
    const last = new Date(Date.UTC(date.year, date.month, 0)).getUTCDate()
    const weekday = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay()
    const byMonth = days.includes(date.day) || (dayOfMonth.hasLastChar && date.day === last)
    const byWeek =
      (nthDay <= 0 || Math.ceil(date.day / 7) === nthDay) &&
      weekdays.some((wanted) => {
        return wanted.weekday === weekday && (!wanted.lastOnly || date.day > last - 7)
      })
    if (dayOfMonth.isWildcard) return dayOfWeek.isWildcard || byWeek
    return byMonth || (!dayOfWeek.isWildcard && byWeek)
  }
}

/** `L` is told by another property of its field. */
function numbers(values: readonly (number | string)[]): number[] {
  return values.map((value) => Number.parseInt(String(value), 10)).filter(Number.isInteger)
}
