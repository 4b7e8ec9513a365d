import { Resolver } from 'node:dns/promises'

/** All addresses of a name; rejects when there is none. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<string[]>

/** Longest wait for one answer of a name server, and how often it is asked. */
const LOOKUP = { timeout: 3_000, tries: 2 }

/**
 * Asks the name servers for a name's IPv4 and IPv6 addresses. The system's own look-up would hold one of a few
 * threads that files and passwords need too, for as long as a slow name server likes.
 */
export const resolveName: Resolve = async (name, signal) => {
  if (isLocal(name)) return ['127.0.0.1', '::1']
  const resolver = new Resolver(LOOKUP)
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const addresses = [v4, v6].flatMap((found) => (found.status === 'fulfilled' ? found.value : []))
    if (addresses.length === 0 && v4.status === 'rejected') throw v4.reason
    return addresses
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** Names that mean this machine by themselves; name servers need not know them. */
function isLocal(name: string): boolean {
  return /(^|\.)localhost$/i.test(name)
}
