import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '@/lib/access/client-address'
import { config } from '@/lib/config/config'
import { AppError } from '@/lib/errors/app-error'

/** The window that requests are counted in, in seconds. */
const WINDOW_SECONDS = 60

type Limiters = Record<'accepted' | 'refused' | 'auth', RateLimiterMemory>

declare global {
  // One per process: routes are bundled separately, and hot reload loads them anew.
  var millraceRateLimits: Limiters | undefined
}

/** Counted in memory, by each process for itself: no request costs a query or a wait for it. */
function limiters(): Limiters {
  const { perKey, perAddress } = config().rateLimit
  globalThis.millraceRateLimits ??= {
    accepted: new RateLimiterMemory({ points: perKey, duration: WINDOW_SECONDS }),
    refused: new RateLimiterMemory({ points: perAddress, duration: WINDOW_SECONDS }),
    auth: new RateLimiterMemory({ points: perAddress, duration: WINDOW_SECONDS }),
  }
  return globalThis.millraceRateLimits
}

/**
 * The limits of one API request: so many a minute for each API key or session, and so many without
 * a valid identity for each address. Each function throws `rate_limited` once they are spent.
 * @param credential what proves who sends the request; empty for nothing
 */
export function rateLimit(address: string, credential: string) {
  const { accepted, refused } = limiters()
  const network = networkOf(address)
  const caller = createHash('sha256').update(credential).digest('base64url')
  return {
    /**
     * Before the database is asked: turns an address away that has sent too much without identity.
     * A credential that was accepted within the window passes: it is not to blame for its neighbours.
     */
    async refuseFlood(): Promise<void> {
      const spent = await refused.get(network)
      if (!spent || spent.remainingPoints > 0 || (await accepted.get(caller))) return
      throw tooMany(spent)
    },
    countRefused: () => count(refused, network),
    countAccepted: () => count(accepted, caller),
  }
}

/**
 * Counts a request to what signs people in through a provider. A count of its own: whoever floods it
 * keeps nobody behind the same address from the API or from the sign-in page.
 * @throws {AppError} `rate_limited`
 */
export function countAuthRequest(address: string): Promise<void> {
  return count(limiters().auth, networkOf(address))
}

async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (reason) {
    throw reason instanceof RateLimiterRes ? tooMany(reason) : reason
  }
}

function tooMany({ msBeforeNext }: RateLimiterRes): AppError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000))
  return new AppError('rate_limited', `Too many requests. Go on in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}
