import { v7 as uuidv7 } from 'uuid'
import { commandLine, type Viewer } from '@/lib/access/viewer'
import type { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'

/**
 * What an entry says besides: the values a change found and left, and what else is to be known.
 * Entries outlive the people they are about, so nothing personal belongs here: ids, not names,
 * addresses or contents.
 */
export type AuditDetails = Prisma.InputJsonObject & {
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
}

/**
 * Writes down who did what and from where, in the transaction that does it.
 * @param actor null for the command line
 * @param action e.g. `user.disable`
 */
export async function audit(
  tx: Database,
  actor: Viewer | null,
  action: string,
  target: { type: string; id: string },
  details?: AuditDetails,
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: uuidv7(),
      actorId: actor && actor.userId !== commandLine.userId ? actor.userId : null,
      action,
      targetType: target.type,
      targetId: target.id,
      ip: actor?.from?.ip ?? null,
      userAgent: actor?.from?.userAgent ?? null,
      ...(details ? { details } : {}),
    },
  })
}

/** Writes down what an admin does with what is not their own; what people do with theirs is not. */
export async function auditOthers(
  tx: Database,
  viewer: Viewer,
  ownerId: string | null,
  action: string,
  target: { type: string; id: string },
  details?: AuditDetails,
): Promise<void> {
  if (ownerId !== viewer.userId) await audit(tx, viewer, action, target, details)
}
