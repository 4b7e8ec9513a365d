import type { Database } from '@/lib/db/prisma'
import { endSessions } from './sessions'
import type { SessionUser } from './sign-in'

/** What the owner of an address reads beside what others may have set up in their name. */
const SET_UP_BEFORE =
  'It was set up before your email address was confirmed, perhaps by somebody else. Check what it does.'

/** Ends all that acts in somebody's name or lets them in, besides sessions and the password. */
export async function revokeAccess(tx: Database, userId: string): Promise<void> {
  const now = new Date()
  await tx.apiKey.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } })
  await tx.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } })
  await tx.account.deleteMany({ where: { userId } })
}

/** Switches somebody's schedules and endpoints off. @param reason in a sentence, where they are shown */
export async function switchOff(tx: Database, userId: string, reason?: string): Promise<void> {
  const off = { enabled: false, ...(reason ? { disabledReason: reason } : {}) }
  const where = { ownerId: userId, enabled: true }
  await tx.schedule.updateMany({ where, data: { ...off, nextFireAt: null } })
  await tx.webhookEndpoint.updateMany({ where, data: off })
}

/**
 * Hands an account to who proved to have its address, by a mailed link or through a provider. Until
 * the address was proved for the first time, somebody else may have made the account: then nothing
 * that they could have left goes on.
 * @param passwordHash the new password's; null for none
 * @returns what a new session needs
 */
export async function handOver(
  tx: Database,
  user: { id: string; emailVerifiedAt: Date | null },
  passwordHash: string | null,
): Promise<SessionUser> {
  await revokeAccess(tx, user.id)
  if (user.emailVerifiedAt === null) await switchOff(tx, user.id, SET_UP_BEFORE)
  const emailVerifiedAt = user.emailVerifiedAt ?? new Date()
  return endSessions(user.id, { passwordHash, emailVerifiedAt }, tx)
}
