import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { TrustProxy } from '@/lib/config/parse'

/** What proxies say of the request that they pass on; anybody can say it. */
const said = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port'] as const

/**
 * Leaves of a request's forwarding headers what can be believed: `x-forwarded-for` becomes the one
 * address the request came from, and the host, protocol and port stay only where the nearest proxy,
 * which is trusted, said them. Everything behind the web server may take them for true.
 * @param peer the other end of the connection
 */
export function believeForwarded(
  headers: IncomingHttpHeaders,
  peer: string | undefined,
  trust: TrustProxy,
): void {
  const nearest = plain(peer ?? '')
  const chain = [...list(headers['x-forwarded-for']).map(plain), nearest]
  const client = clientOf(chain, trust)
  if (client) headers['x-forwarded-for'] = client
  else delete headers['x-forwarded-for']
  delete headers.forwarded
  const believed = trust.hops > 0 || isWithin(nearest, trust.ranges)
  for (const name of said) {
    // The last of several is the nearest proxy's.
    const value = believed ? list(headers[name]).at(-1) : undefined
    if (value) headers[name] = value
    else delete headers[name]
  }
}

/** Of the addresses from the client's own claim to the nearest, the first that no stranger wrote. */
function clientOf(chain: readonly string[], { hops, ranges }: TrustProxy): string | undefined {
  let index = Math.max(0, chain.length - 1 - hops)
  while (index > 0 && isWithin(chain[index] ?? '', ranges)) index--
  return chain.slice(index).find((address) => isIP(address) > 0)
}

function isWithin(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  return ranges.some((cidr) => {
    const [range, bits] = ipaddr.parseCIDR(cidr)
    return range.kind() === parsed.kind() && parsed.match(range, bits)
  })
}

function list(value: string | string[] | undefined): string[] {
  const text = Array.isArray(value) ? value.join(',') : (value ?? '')
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

/** IPv4 as such, also where a socket for both writes it within IPv6; without the name of an interface. */
function plain(address: string): string {
  const [withoutZone = ''] = address.toLowerCase().split('%')
  return withoutZone.startsWith('::ffff:') ? withoutZone.slice('::ffff:'.length) : withoutZone
}
