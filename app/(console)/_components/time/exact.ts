/** The moment in the time zone of whoever runs this, to the second or the millisecond. */
export function formatExact(at: string, precise = false): string {
  return format(at, { timeZoneName: undefined, precise, timeZone: undefined })
}

/** The same in UTC and saying so, for the server, which does not know the reader's time zone. */
export function formatExactUtc(at: string, precise = false): string {
  return format(at, { timeZoneName: 'short', precise, timeZone: 'UTC' })
}

type Options = {
  timeZone: string | undefined
  timeZoneName: 'short' | undefined
  precise: boolean
}

function format(at: string, { precise, ...options }: Options): string {
  return new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(precise ? { fractionalSecondDigits: 3 } : {}),
    ...options,
  }).format(new Date(at))
}

/** The day of a moment, e.g. `28 Nov 2026`. */
export function formatDay(at: string, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone }).format(new Date(at))
}
