const SECOND = 1_000
const DAY = 24 * 3600 * SECOND

const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether `name` is an IANA time zone, e.g. `Europe/Berlin` or `UTC`. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant. */
export function offsetAt(timezone: string, instant: number): number {
  const whole = Math.floor(instant / SECOND) * SECOND
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(timezone).formatToParts(whole)) part[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole
}

/**
 * The instant at which the zone's clocks show a wall time, given as if it were UTC. A time that is
 * shown twice means its first occurrence; one that is skipped means as long after the change as it
 * is after the last time before it: what iCalendar (RFC 5545) says of both.
 */
export function instantOf(timezone: string, wall: number): number {
  const before = offsetAt(timezone, wall - DAY)
  const after = offsetAt(timezone, wall + DAY)
  const earlier = wall - before
  if (before === after || offsetAt(timezone, earlier) === before) return earlier
  const later = wall - after
  return offsetAt(timezone, later) === after ? later : earlier
}

/** When the day began that the zone's clocks show at an instant. */
export function startOfDay(timezone: string, instant: number): number {
  const wall = instant + offsetAt(timezone, instant)
  return instantOf(timezone, Math.floor(wall / DAY) * DAY)
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone)
  if (known) return known
  const created = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timezone, created)
  return created
}
