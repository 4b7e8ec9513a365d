import type { Viewer } from '@/lib/access/viewer'
import type { Database } from '@/lib/db/prisma'
import type { Requester } from '@/lib/jobs/definition'

/**
 * In whose name a schedule's job is made when the viewer asks for it: with the viewer's rights, but
 * never with more than its owner's.
 * @param ownerId null for the system's own schedules
 */
export async function requesterFor(
  tx: Database,
  { userId, role }: Viewer,
  ownerId: string | null,
): Promise<Requester> {
  if (!ownerId || ownerId === userId) return { ownerId, role }
  const owner = await tx.user.findUnique({ where: { id: ownerId }, select: { role: true } })
  return { ownerId, role: owner?.role === 'ADMIN' ? role : 'USER' }
}
