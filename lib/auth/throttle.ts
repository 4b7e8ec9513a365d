import { createHash } from 'node:crypto'
import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '@/lib/access/client-address'
import { pool } from '@/lib/db/pool'
import { AppError } from '@/lib/errors/app-error'

const MINUTE = 60

/** How often something may be tried per key and window; counted in PostgreSQL, for all processes. */
const limits = {
  /** Failed sign-ins of one account from one address. */
  signInPair: { points: 10, duration: 15 * MINUTE },
  /** Failed sign-ins from one address, whatever the account. */
  signInAddress: { points: 50, duration: 15 * MINUTE },
  /** Failed sign-ins of one account from wherever, but for browsers it signed in on before. */
  signInAccount: { points: 100, duration: 15 * MINUTE },
  /** Failed sign-ins of one account on one browser that it signed in on before. */
  signInBrowser: { points: 10, duration: 15 * MINUTE },
  /** Tries of somebody who is signed in at their own password. */
  ownPassword: { points: 10, duration: 15 * MINUTE },
  /** Accounts created from one address. */
  signUpAddress: { points: 100, duration: 60 * MINUTE },
  /** Sign-ups from one address that found that an email address has an account. */
  signUpKnownAddress: { points: 20, duration: 60 * MINUTE },
  /** Reset mails to one account. */
  resetAccount: { points: 5, duration: 60 * MINUTE },
  /** Reset mails asked for from one address. */
  resetAddress: { points: 30, duration: 60 * MINUTE },
  /** Reset and invitation links tried from one address. */
  linkAddress: { points: 30, duration: 15 * MINUTE },
} as const satisfies Record<string, { points: number; duration: number }>

type Limit = keyof typeof limits

const limiters = new WeakMap<pg.Pool, Map<Limit, RateLimiterPostgres>>()

/**
 * Counts one try.
 * @throws {AppError} `rate_limited` with the seconds to wait once the limit is reached
 */
export async function countTry(limit: Limit, key: string): Promise<void> {
  try {
    await limiter(limit).consume(hashed(limit, key))
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason
    const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1_000))
    throw new AppError('rate_limited', `Too many tries. Try again in ${spoken(seconds)}.`, {
      retryAfterSeconds: seconds,
    })
  }
}

/** Takes one counted try back, because it was none to worry about. */
export async function forgiveTry(limit: Limit, key: string): Promise<void> {
  await limiter(limit).reward(hashed(limit, key))
}

/** Starts counting anew. */
export async function forgiveAll(limit: Limit, key: string): Promise<void> {
  await limiter(limit).delete(hashed(limit, key))
}

function limiter(limit: Limit): RateLimiterPostgres {
  const own = limiters.get(pool()) ?? new Map<Limit, RateLimiterPostgres>()
  limiters.set(pool(), own)
  const existing = own.get(limit)
  if (existing) return existing
  const created = new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'RateLimit',
    tableCreated: true,
    // One of them is enough: it removes the expired rows of all.
    clearExpiredByTimeout: own.size === 0,
    keyPrefix: limit,
    ...limits[limit],
  })
  own.set(limit, created)
  return created
}

/** The table holds no addresses of people. All of one network count as one. */
function hashed(limit: Limit, key: string): string {
  const counted = limit.endsWith('Address') ? networkOf(key) : key
  return createHash('sha256').update(counted).digest('base64url')
}

function spoken(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${seconds} seconds`
  return `${Math.ceil(seconds / MINUTE)} minutes`
}
