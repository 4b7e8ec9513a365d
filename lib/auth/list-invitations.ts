import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { notFound } from '@/lib/errors/app-error'
import { audit } from './audit'
import { openInvitations } from './invitation-links'
import { requireAdminViewer, type Viewer } from './viewer'

export type OpenInvitation = {
  id: string
  email: string
  role: Viewer['role']
  expiresAt: Date
  createdAt: Date
  invitedBy: { id: string; name: string } | null
}

/** Most invitations that a list shows. */
const MOST = 100

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(viewer: Viewer): Promise<OpenInvitation[]> {
  requireAdminViewer(viewer)
  return prisma().invitation.findMany({
    where: openInvitations(),
    orderBy: { id: 'desc' },
    take: MOST,
    select: {
      id: true,
      email: true,
      role: true,
      expiresAt: true,
      createdAt: true,
      invitedBy: { select: { id: true, name: true } },
    },
  })
}

/** Ends an invitation: its link stops working. @throws {AppError} `not_found` when it has ended */
export async function revokeInvitation(viewer: Viewer, id: string): Promise<void> {
  requireAdminViewer(viewer)
  await transaction(async (tx) => {
    const { count } = await tx.invitation.deleteMany({ where: { id, acceptedAt: null } })
    if (count === 0) throw notFound('This invitation')
    await audit(tx, viewer, 'invitation.revoke', { type: 'invitation', id })
  })
}
