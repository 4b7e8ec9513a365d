import { property } from '@/lib/errors/thrown'

/** Codes of PostgreSQL and Prisma that mean: the way to the database broke, or there is none. */
const lost = new Set([
  '53300', // too many connections
  '57P01', // shut down by an administrator
  '57P02', // crashed
  '57P03', // starting up or shutting down
  'P1001', // cannot be reached
  'P1002', // does not answer
  'P1017', // closed the connection
])

/** Codes that mean: too busy now, worth another try. */
const busy = new Set([
  '55P03', // waited too long for a lock
  '57014', // took longer than a statement may
  '40P01', // stood in a deadlock
  'P1008', // operation timed out
  'P2024', // no connection free in the pool
  'P2028', // no transaction could be started
  'P2034', // stood in a deadlock
])

/** Codes of Node.js for a connection to whatever it was. */
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
])

/** What Prisma's adapter makes of a socket's errors, which then have no code any more. */
const kinds = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout'])

/** Messages of errors to which pg gives no code: of a connection that broke, and of one that is slow. */
const lostMessages =
  /Connection terminated|not queryable|Connection ended unexpectedly|Cannot use a pool after calling end/i
const busyMessages = /timeout exceeded when trying to connect|Query read timeout/i

const MAX_CAUSES = 6

/**
 * True when an error of a query says that PostgreSQL is away or too busy, rather than that the query
 * was wrong.
 */
export function isDatabaseAway(error: unknown): boolean {
  return says(error, (one) => saysLost(one) || saysBusy(one) || hasCode(one, network))
}

/**
 * True when what was thrown, wherever it came from, says that the connection to PostgreSQL broke or
 * that there was none: nobody else says so in these words. Never throws, whatever the value does.
 */
export function isDatabaseLost(thrown: unknown): boolean {
  try {
    return says(thrown, saysLost)
  } catch {
    return false
  }
}

/** Whether an error, or one that led to it, fits. */
function says(error: unknown, fits: (one: object) => boolean, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_CAUSES) return false
  if (fits(error)) return true
  return [
    property(error, 'cause'),
    property(property(error, 'meta'), 'driverAdapterError'),
    ...many(property(error, 'errors')),
  ].some((inner) => says(inner, fits, depth + 1))
}

function saysLost(error: object): boolean {
  if (hasCode(error, lost) || hasConnectionState(error)) return true
  const kind = property(error, 'kind')
  if (typeof kind === 'string' && kinds.has(kind)) return true
  return hasMessage(error, lostMessages)
}

function saysBusy(error: object): boolean {
  return hasCode(error, busy) || hasMessage(error, busyMessages)
}

function hasMessage(error: object, wanted: RegExp): boolean {
  const message = property(error, 'message')
  return typeof message === 'string' && wanted.test(message)
}

/** SQLSTATEs of the class 08. */
function hasConnectionState(error: object): boolean {
  return codesOf(error).some((code) => /^08\w{3}$/.test(code))
}

function hasCode(error: object, wanted: ReadonlySet<string>): boolean {
  return codesOf(error).some((code) => wanted.has(code))
}

function codesOf(error: object): string[] {
  return [property(error, 'code'), property(error, 'originalCode')].filter(
    (code) => typeof code === 'string',
  )
}

function many(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
