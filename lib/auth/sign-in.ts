import { prisma } from '@/lib/db/prisma'
import { emailField } from './fields'
import { verifyPassword } from './passwords'
import { countTry, forgiveAll, forgiveTry } from './throttle'

/** Enough of a user to start a session. */
export type SessionUser = { id: string; sessionVersion: number }

/**
 * Checks an address and a password. Unknown address, wrong password, disabled user: all are the
 * same null after the same time, and all count against the account and the client's address.
 * @throws {AppError} `rate_limited`
 */
export async function signInWithPassword(
  input: { email: string; password: string },
  clientAddress: string,
): Promise<SessionUser | null> {
  const email = emailField.safeParse(input.email).data ?? ''
  await countTry('signInAddress', clientAddress)
  if (email) await countTry('signInAccount', email)

  const user = await prisma().user.findUnique({ where: { email } })
  const matches = await verifyPassword(user?.passwordHash, input.password)
  if (!user || !matches || user.disabledAt) return null

  await forgiveTry('signInAddress', clientAddress)
  await forgiveAll('signInAccount', email)
  await recordSignIn(user.id)
  return { id: user.id, sessionVersion: user.sessionVersion }
}

export async function recordSignIn(userId: string): Promise<void> {
  await prisma().user.update({ where: { id: userId }, data: { lastSignInAt: new Date() } })
}
