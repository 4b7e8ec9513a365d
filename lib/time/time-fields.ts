import { z } from 'zod'

/** PostgreSQL, JavaScript and ISO 8601 agree on all times between these, whatever their offset. */
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(9999, 11, 30)

const years = { error: 'Expected a time between the years 1900 and 9999' }

/** A time as the API takes one, with its offset to UTC. */
export function timeField(error = 'Expected a time like 2026-01-31T12:00:00Z') {
  return z.iso.datetime({ offset: true, error, abort: true }).refine(isBetween, years)
}

/** A day as the API takes one. */
export function dayField(error = 'Expected a day like 2026-01-31') {
  return z.iso.date({ error, abort: true }).refine(isBetween, years)
}

function isBetween(value: string): boolean {
  const time = Date.parse(value)
  return time >= EARLIEST && time <= LATEST
}
