import { isIP } from 'node:net'
import { type JobError, permanentError } from '@/lib/jobs/job-error'
import { mayReach } from '@/lib/webhooks/address'
import { hostOf } from '@/lib/webhooks/target'
import type { Resolve } from './resolve'

type Options = { resolve: Resolve; allowed: readonly string[]; signal: AbortSignal }

/**
 * The addresses that a request to this URL may dial. A name is looked up here and never again, so
 * that what is dialled is what was checked; one forbidden address among its answers refuses it.
 * @throws {JobError} permanent, for an address that webhooks may not reach
 */
export async function checkedAddresses(
  url: URL,
  { resolve, allowed, signal }: Options,
): Promise<string[]> {
  const host = hostOf(url)
  const addresses = isIP(host) ? [host] : await resolve(host, signal)
  signal.throwIfAborted()
  if (addresses.length === 0) throw new NoAddress()
  if (!addresses.every((address) => isIP(address) && mayReach(address, allowed))) {
    throw addressRefused(url)
  }
  return addresses
}

/** The name exists, but has no address. */
class NoAddress extends Error {
  readonly code = 'ENODATA'
}

/** Says which host, but not which addresses a private name server gave. */
export function addressRefused(url: URL): JobError {
  return permanentError(
    'address_refused',
    `${url.host} is not a public address that webhooks may be sent to.`,
  )
}
