import { clientAddress, UNKNOWN_ADDRESS } from './client-address'

/** Where a request came from, as the audit log keeps it. */
export type Origin = { ip: string | null; userAgent: string | null }

/** Enough to tell browsers and programs apart. */
const AGENT_LENGTH = 200

/** What a request's headers say about where it came from; undefined when they say nothing. */
export function originOf(headers: Headers): Origin | undefined {
  const address = clientAddress(headers)
  const ip = address === UNKNOWN_ADDRESS ? null : address
  const agent = headers.get('user-agent')?.slice(0, AGENT_LENGTH).toWellFormed()
  const userAgent = agent?.replaceAll('\0', '') || null
  return ip || userAgent ? { ip, userAgent } : undefined
}
