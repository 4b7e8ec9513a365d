import { config } from '@/lib/config/config'
import { prisma } from '@/lib/db/prisma'
import { hashToken, invitationToken } from './reset-token'

/** Names the mail of an invitation, so that it goes with the data of whom it invited. */
export function invitationTag(id: string): string {
  return `invitation:${id}`
}

/** Where an invitation is accepted. */
export function invitationUrl(id: string): string {
  return `${config().appUrl}/invitation?token=${invitationToken(id)}`
}

/** Whom a link invites; null when it is unknown, used or expired. */
export async function findInvitation(token: string): Promise<{ email: string } | null> {
  return prisma().invitation.findFirst({
    where: { tokenHash: hashToken(token), ...openInvitations() },
    select: { email: true },
  })
}

/** Prisma filter on invitations that can still be accepted. */
export function openInvitations() {
  return { acceptedAt: null, expiresAt: { gt: new Date() } }
}
