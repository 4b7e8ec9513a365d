/** Codes of Node.js, PostgreSQL and Prisma that mean: not answering now, worth another try. */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  '53300', // too many connections
  '55P03', // waited too long for a lock
  '57014', // took longer than a statement may
  '40P01', // stood in a deadlock
  '57P01', // shut down by an administrator
  '57P02', // crashed
  '57P03', // starting up or shutting down
  'P1001', // cannot be reached
  'P1002', // timed out
  'P1008', // operation timed out
  'P1017', // closed the connection
  'P2024', // no connection free in the pool
  'P2034', // stood in a deadlock
  'P2028', // no transaction could be started
])

/** What Prisma's adapter makes of a socket's errors, which then have no code any more. */
const kinds = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout'])

/** Messages of errors to which pg gives no code. */
const messages =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|Connection ended unexpectedly|Cannot use a pool after calling end/i

const MAX_CAUSES = 6

/** True when an error says that PostgreSQL is away or too busy, rather than that a query was wrong. */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_CAUSES) return false
  if (saysAway(error)) return true
  return [
    property(error, 'cause'),
    property(property(error, 'meta'), 'driverAdapterError'),
    ...many(property(error, 'errors')),
  ].some((inner) => isDatabaseAway(inner, depth + 1))
}

function saysAway(error: object): boolean {
  const named = [property(error, 'code'), property(error, 'originalCode')]
  if (named.some((code) => typeof code === 'string' && (codes.has(code) || /^08\w{3}$/.test(code))))
    return true
  const kind = property(error, 'kind')
  if (typeof kind === 'string' && kinds.has(kind)) return true
  const message = property(error, 'message')
  return typeof message === 'string' && messages.test(message)
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function many(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
