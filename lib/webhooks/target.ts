import { isIP } from 'node:net'
import { mayReach } from './address'

/** Longest URL of a receiver, in characters. */
const MAX_URL = 2_048

/**
 * Ports from 1024 up on which something listens that is no web server and that an HTTP request could
 * harm or question: what browsers refuse too, then databases, queues, caches and cluster services.
 */
const refusedPorts = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080, 1433, 1521, 2181, 2375, 2376, 2379, 2380, 3306, 4369, 5432, 5672, 5984, 6379,
  6380, 6443, 7000, 7001, 8086, 9042, 9092, 9200, 9300, 10250, 10255, 11211, 15672, 16379, 26379,
  27017, 27018, 28017, 50070,
])

/** The host of a URL as one resolves or dials it: without brackets and the root's dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/**
 * Why a URL cannot be a webhook's receiver, in a sentence; undefined when it can be. Names are
 * looked up, and their addresses judged, only when a webhook is sent.
 * @param allowed CIDRs of `WEBHOOK_ALLOW_CIDRS`
 */
export function targetProblem(value: string, allowed: readonly string[]): string | undefined {
  if (value.length > MAX_URL) return `Expected at most ${MAX_URL} characters`
  if (!URL.canParse(value)) return 'Expected a URL like https://example.com/hooks'
  const url = new URL(value)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return 'Expected a URL that starts with https:// or http://'
  }
  if (url.username || url.password) return 'Expected a URL without a user name and password'
  if (!isAllowedPort(url.port)) return `Webhooks are not sent to port ${url.port}`
  const host = hostOf(url)
  if (!host) return 'Expected a URL with a host'
  return isIP(host) && !mayReach(host, allowed) ? PRIVATE_ADDRESS : undefined
}

const PRIVATE_ADDRESS = 'Webhooks are not sent to private or reserved addresses'

/** The standard ports, and what a person without special rights can listen on, but for the above. */
function isAllowedPort(port: string): boolean {
  const number = Number(port)
  if (port === '' || number === 80 || number === 443) return true
  return number >= 1024 && !refusedPorts.has(number)
}
