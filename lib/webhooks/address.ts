import ipaddr from 'ipaddr.js'

/** A cloud's own services, at an address that is public by its range only. */
const HOST_OF_AZURE = '168.63.129.16'

/** Where IPv6 addresses of the public internet come from; everything else is special. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether a webhook may be sent to an IP address: public ones, and what the operator allows.
 * Special ranges of every kind are refused, also those that carry an IPv4 address inside an IPv6
 * one: a gateway could lead from there to the private network.
 * @param address an IP literal without brackets
 * @param allowed CIDRs of `WEBHOOK_ALLOW_CIDRS`
 */
export function mayReach(address: string, allowed: readonly string[]): boolean {
  // A zone names an interface of this machine: nothing public has one.
  if (address.includes('%') || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  return isPublic(parsed) || allowed.some((cidr) => contains(cidr, parsed))
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast' || address.toString() === HOST_OF_AZURE) return false
  return address instanceof ipaddr.IPv4 || address.match(PUBLIC_IPV6)
}

function contains(cidr: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [range, bits] = ipaddr.parseCIDR(cidr)
  return range.kind() === address.kind() && address.match(range, bits)
}
