import { v7 as uuidv7 } from 'uuid'
import type { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import type { Viewer } from './viewer'

/**
 * Writes down who did what, in the transaction that does it.
 * @param actor null for the command line
 * @param action e.g. `user.disable`
 */
export async function audit(
  tx: Database,
  actor: Viewer | null,
  action: string,
  target: { type: string; id: string },
  details?: Prisma.InputJsonObject,
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: uuidv7(),
      actorId: actor?.userId ?? null,
      action,
      targetType: target.type,
      targetId: target.id,
      ...(details ? { details } : {}),
    },
  })
}
