import type { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors/app-error'
import { audit } from './audit'
import { lockAdmins } from './users'
import { requireAdminViewer, type Viewer } from './viewer'

/** Locks someone out: their sessions and API keys stop working at the next request. */
export async function disableUser(viewer: Viewer, id: string): Promise<void> {
  await change(viewer, id, 'user.disable', {
    disabledAt: new Date(),
    sessionVersion: { increment: 1 },
  })
}

/** Lets someone in again; sessions from before stay ended. */
export async function enableUser(viewer: Viewer, id: string): Promise<void> {
  await change(viewer, id, 'user.enable', { disabledAt: null })
}

/** Makes someone an admin, or an admin an ordinary user; takes effect at their next request. */
export async function changeRole(viewer: Viewer, id: string, role: Viewer['role']): Promise<void> {
  await change(viewer, id, 'user.role', { role }, { role })
}

async function change(
  viewer: Viewer,
  id: string,
  action: string,
  data: Prisma.UserUpdateManyMutationInput,
  details?: Prisma.InputJsonObject,
): Promise<void> {
  requireAdminViewer(viewer)
  await transaction(async (tx) => {
    await lockAdmins(tx)
    const { count } = await tx.user.updateMany({ where: { id }, data })
    if (count === 0) throw notFound('The user')
    await requireSomeAdmin(tx)
    await audit(tx, viewer, action, { type: 'user', id }, details)
  })
}

/** Undoes, by throwing, what would leave nobody able to manage users. */
async function requireSomeAdmin(tx: Database): Promise<void> {
  const admin = await tx.user.findFirst({ where: { role: 'ADMIN', disabledAt: null } })
  if (!admin) {
    throw new AppError('conflict', 'This is the last admin. Make somebody else an admin first.')
  }
}
