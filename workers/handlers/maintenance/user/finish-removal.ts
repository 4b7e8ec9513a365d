import { audit } from '@/lib/audit/audit'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import type { UserRemoval } from '@/lib/jobs/types/maintenance'

/**
 * Takes away the last that is personal: the account itself, or what it says.
 * @returns false when somebody's file came in meanwhile, whose bytes have to go first
 */
export async function finishRemoval({ userId, adminId, way }: UserRemoval): Promise<boolean> {
  return transaction(async (tx) => {
    // Nobody adds a record of theirs until this ends.
    await tx.$queryRaw`SELECT id FROM "User" WHERE id = ${userId}::uuid FOR UPDATE`
    if (await tx.file.findFirst({ where: { ownerId: userId }, select: { id: true } })) return false
    if (await (way === 'delete' ? deleteAccount : anonymizeAccount)(tx, userId)) {
      const action = way === 'delete' ? 'user.deleted' : 'user.anonymized'
      const admin = { userId: adminId, role: 'ADMIN' } as const
      await audit(tx, admin, action, { type: 'user', id: userId })
    }
    return true
  })
}

async function deleteAccount(tx: Database, id: string): Promise<boolean> {
  const { count } = await tx.user.deleteMany({ where: { id, removal: 'DELETE' } })
  return count > 0
}

async function anonymizeAccount(tx: Database, id: string): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id, removal: 'ANONYMIZE', anonymizedAt: null },
    data: {
      name: 'Anonymous',
      email: `${id}@anonymous.invalid`,
      passwordHash: null,
      role: 'USER',
      timezone: null,
      notifyByMail: false,
      lastSignInAt: null,
      anonymizedAt: new Date(),
    },
  })
  return count > 0
}
