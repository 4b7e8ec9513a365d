const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time as people say it: `0.02 s`, `4.1 s`, `38 s`, `2 min 5 s`, `3 h 20 min`, `4 d`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 9_950) return `${fraction(ms / SECOND)} s`
  if (ms < MINUTE - SECOND / 2) return `${Math.round(ms / SECOND)} s`
  if (ms < HOUR - SECOND / 2) return pair(Math.round(ms / SECOND), 60, 'min', 's')
  if (ms < DAY - MINUTE / 2) return pair(Math.round(ms / MINUTE), 60, 'h', 'min')
  return pair(Math.round(ms / HOUR), 24, 'd', 'h')
}

/** From one ISO 8601 time to another, in milliseconds. */
export function millisecondsBetween(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from))
}

/** Below a second, two digits: a wait of 20 ms is not the same as none. */
function fraction(seconds: number): string {
  return seconds === 0 ? '0' : seconds.toFixed(seconds < 0.995 ? 2 : 1)
}

function pair(total: number, base: number, big: string, small: string): string {
  const rest = total % base
  const whole = Math.floor(total / base)
  return rest === 0 ? `${whole} ${big}` : `${whole} ${big} ${rest} ${small}`
}
