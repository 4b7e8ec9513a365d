import { networkOf } from '@/lib/access/client-address'
import { prisma } from '@/lib/db/prisma'
import { emailField } from '@/lib/mail/person-fields'
import { knownBrowser } from './known-browser'
import { verifyPassword } from './passwords'
import { countTry, forgiveAll, forgiveTry } from './throttle'

/** Enough of a user to start a session. */
export type SessionUser = { id: string; sessionVersion: number }

/**
 * Checks an address and a password. Unknown address, wrong password, disabled user: all are the
 * same null after the same time, and all count against where they come from.
 * @param browserToken the cookie of a browser that somebody signed in on before
 * @throws {AppError} `rate_limited`; `unavailable` while too many sign in at once
 */
export async function signInWithPassword(
  input: { email: string; password: string },
  clientAddress: string,
  browserToken?: string,
): Promise<SessionUser | null> {
  const email = emailField.safeParse(input.email).data ?? ''
  const user = await prisma().user.findUnique({ where: { email } })
  const browser = user ? knownBrowser(browserToken, user.id) : undefined
  const forgive = await (browser ? countOfBrowser(browser) : countOfStranger(email, clientAddress))

  const matches = await verifyPassword(user?.passwordHash, input.password)
  if (!user || !matches || user.disabledAt) return null

  await forgive()
  await recordSignIn(user.id)
  return { id: user.id, sessionVersion: user.sessionVersion }
}

type Forgive = () => Promise<unknown>

/** Nobody else’s tries count for a browser the account is known on: nobody can keep it out. */
async function countOfBrowser(browser: string): Promise<Forgive> {
  await countTry('signInBrowser', browser)
  return () => forgiveAll('signInBrowser', browser)
}

/** A stranger is stopped at one account, then at all, and many strangers together at one. */
async function countOfStranger(email: string, address: string): Promise<Forgive> {
  const pair = `${networkOf(address)} ${email}`
  await countTry('signInAddress', address)
  if (!email) return () => forgiveTry('signInAddress', address)
  await countTry('signInPair', pair)
  await countTry('signInAccount', email)
  return () =>
    Promise.all([
      forgiveTry('signInAddress', address),
      forgiveAll('signInPair', pair),
      forgiveTry('signInAccount', email),
    ])
}

export async function recordSignIn(userId: string): Promise<void> {
  await prisma().user.update({ where: { id: userId }, data: { lastSignInAt: new Date() } })
}
