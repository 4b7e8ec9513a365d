import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Stands for an address where a request has none. */
export const UNKNOWN_ADDRESS = 'unknown'

/** The address a request came from; the web server lets no other into this header. */
export function clientAddress(headers: Headers): string {
  const address = headers.get('x-forwarded-for')?.trim().toLowerCase() ?? ''
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
  return isIP(plain) > 0 ? plain : UNKNOWN_ADDRESS
}

const NETWORK_BYTES = 8

/**
 * What counts as one for limits by address: an IPv4 address, or the 64 bits of an IPv6 address that
 * one household or machine gets as a whole.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6 || !ipaddr.isValid(address)) return address
  const bytes = ipaddr.parse(address).toByteArray().slice(0, NETWORK_BYTES)
  return `${Buffer.from(bytes).toString('hex')}::/64`
}
