import { CronExpressionParser } from 'cron-parser'

/** A pattern that cannot be used; the message is for the person who wrote it. */
export class CronError extends Error {
  override name = 'CronError'
}

const MAX_LENGTH = 200

/** What a cron pattern says, apart from the zone it is meant in. */
export type CronPattern = {
  /** How many seconds of a minute it names. */
  secondsNamed: number
  /** Every hour is named: the pattern means an interval, not times of day. */
  everyHour: boolean
  /** The times that a clock shows when it fires, as if they were UTC, after one of them; none if it never does. */
  wallsAfter(wall: number): Generator<number>
}

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
  const pattern = fields.join(' ')
  const { second, hour } = parse(pattern).fields
  return {
    secondsNamed: second.values.length,
    everyHour: hour.values.length === 24,
    *wallsAfter(wall) {
      const search = parse(pattern, new Date(wall))
      while (search.hasNext()) yield search.next().getTime()
    },
  }
}

function parse(pattern: string, currentDate = new Date()) {
  try {
    return CronExpressionParser.parse(pattern, { tz: 'UTC', currentDate })
  } catch (error) {
    throw new CronError(readable(error instanceof Error ? error.message : ''))
  }
}

/** The parser's message in a person's words, without the names of its classes. */
function readable(message: string): string {
  const text = message
    .replace(/^(Cron\w+ Validation|Constraint|Validation) error, ?/, '')
    .replace(/cannot resolve alias/i, 'Unknown name')
    .replace(/^got value (\S+) expected range (\d+)-(\d+)/i, '$1 is not between $2 and $3')
  return text ? text[0]?.toUpperCase() + text.slice(1) : 'Not a cron pattern'
}
