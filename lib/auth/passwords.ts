import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'
import { createSlots, type WithinSlots } from '@/lib/fairness/slots'
import { isCommonPassword } from './common-passwords'

/** OWASP's first choice for argon2id, which is the library's default algorithm. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hash of a password nobody has: checked when there is none, so that both take the same time. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$XlNo2xVUBzldxagMTD+j3g$EEoK87BNUdv1QEa1H6RN3rxPx5utXmeGsr2j8oAK/3I'

const PASSWORD_MIN = 8
const PASSWORD_MAX = 256

/** A password someone may choose. */
export const newPassword = z
  .string({ error: 'Choose a password' })
  .refine((value) => length(value) >= PASSWORD_MIN, {
    error: `Use at least ${PASSWORD_MIN} characters`,
  })
  .refine((value) => length(value) <= PASSWORD_MAX, {
    error: `Use at most ${PASSWORD_MAX} characters`,
  })
  .refine((value) => !isCommonPassword(value), {
    error: 'Too common: guessing tries it first',
  })

declare global {
  // One per process: routes are bundled separately, and hot reload loads them anew.
  var millracePasswordSlots: WithinSlots | undefined
}

/** Half of the processors at most: whoever tries many passwords leaves the rest to the others. */
function withinSlots<T>(work: () => Promise<T>): Promise<T> {
  globalThis.millracePasswordSlots ??= createSlots({
    atOnce: Math.max(1, Math.floor(availableParallelism() / 2)),
    waiting: 64,
    refusal: 'Too many people sign in at this moment. Try again in a few seconds.',
  })
  return globalThis.millracePasswordSlots(work)
}

/** @throws {AppError} `unavailable` while too many passwords are looked at */
export function hashPassword(password: string): Promise<string> {
  return withinSlots(() => hash(password.normalize('NFC'), PARAMETERS))
}

/**
 * Takes the same time when there is no hash to compare with.
 * @throws {AppError} `unavailable` while too many passwords are looked at
 */
export async function verifyPassword(
  stored: string | null | undefined,
  password: string,
): Promise<boolean> {
  if (length(password) > PASSWORD_MAX) return false
  const given = password.normalize('NFC')
  const matches = await withinSlots(() => verify(stored ?? NOBODYS_HASH, given))
  return matches && Boolean(stored)
}

/** In characters as people count them, not in UTF-16 units. */
function length(value: string): number {
  return [...value].length
}
