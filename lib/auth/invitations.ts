import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { config } from '@/lib/config/config'
import type { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { emailField, nameField } from '@/lib/mail/person-fields'
import { sendEmail } from '@/lib/services/jobs'
import { invitationTag, invitationUrl, openInvitations } from './invitation-links'
import { hashPassword, newPassword } from './passwords'
import { hashToken, invitationToken } from './reset-token'
import { insertUser, type NewUser } from './users'

const VALID_MS = 7 * 24 * 60 * 60 * 1000

const invitationInput = z.strictObject({ email: emailField, role: z.enum(['USER', 'ADMIN']) })
const acceptInput = z.strictObject({ token: z.string(), name: nameField, password: newPassword })

/**
 * Invites an address; an earlier invitation of it ends. An admin's is mailed too, where an SMTP
 * server is configured.
 * @param viewer an admin, or null for the command line
 * @returns the link to hand over; it works once, for seven days, and is not shown again
 */
export async function createInvitation(
  viewer: Viewer | null,
  input: z.input<typeof invitationInput>,
): Promise<{ id: string; url: string; expiresAt: Date; mailed: boolean }> {
  if (viewer) requireAdminViewer(viewer)
  const { email, role } = parseInput(invitationInput, input)
  const expiresAt = new Date(Date.now() + VALID_MS)
  const id = uuidv7()
  const token = invitationToken(id)
  const mailed = viewer !== null && config().mail.smtpUrl !== undefined
  await transaction(async (tx) => {
    if (await tx.user.findUnique({ where: { email }, select: { id: true } })) {
      throw new AppError('conflict', 'There is an account with this email address already.', {
        issues: [{ path: 'email', message: 'There is an account with this address already' }],
      })
    }
    await tx.invitation.deleteMany({ where: { email, acceptedAt: null } })
    await tx.invitation.create({
      data: {
        id,
        email,
        role,
        tokenHash: hashToken(token),
        invitedById: viewer?.userId ?? null,
        expiresAt,
      },
    })
    await audit(
      tx,
      viewer,
      'user.invite',
      { type: 'invitation', id },
      { after: { role: role.toLowerCase() } },
    )
    if (mailed) await mailInvitation(tx, viewer, { id, email })
  })
  return { id, url: invitationUrl(id), expiresAt, mailed }
}

/** The link is made when the mail is sent: what lies in the queue and in the history opens nothing. */
async function mailInvitation(
  tx: Database,
  viewer: Viewer,
  { id, email }: { id: string; email: string },
): Promise<void> {
  const inviter = await tx.user.findUniqueOrThrow({ where: { id: viewer.userId } })
  const variables = { inviter: inviter.name, invitationId: id }
  await sendEmail(
    tx,
    { to: email, template: 'invitation', variables },
    { ownerId: viewer.userId, role: viewer.role, tags: [invitationTag(id)] },
  )
}

/**
 * Creates the account an invitation is for; the link then is used up.
 * @throws {AppError} `not_found` when the link does not work any more
 */
export async function acceptInvitation(input: z.input<typeof acceptInput>): Promise<NewUser> {
  const { token, name, password } = parseInput(acceptInput, input)
  const passwordHash = await hashPassword(password)
  return transaction(async (tx) => {
    const invitation = await takeInvitation(tx, { tokenHash: hashToken(token) })
    if (!invitation) throw new AppError('not_found', 'This invitation was used or has expired.')
    return insertUser(tx, { ...invitation, name, passwordHash, emailVerifiedAt: new Date() })
  })
}

/** Uses up the open invitation that matches, if there is one. */
export async function takeInvitation(
  tx: Database,
  where: { tokenHash: string } | { email: string },
): Promise<{ email: string; role: Viewer['role'] } | null> {
  const [taken] = await tx.invitation.updateManyAndReturn({
    where: { ...where, ...openInvitations() },
    data: { acceptedAt: new Date() },
    select: { email: true, role: true },
  })
  return taken ?? null
}

const listed = {
  id: true,
  email: true,
  role: true,
  expiresAt: true,
  createdAt: true,
  invitedBy: { select: { id: true, name: true } },
} as const satisfies Prisma.InvitationSelect

export type OpenInvitation = Prisma.InvitationGetPayload<{ select: typeof listed }>

/** Most invitations that a list shows. */
const MOST = 100

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(viewer: Viewer): Promise<OpenInvitation[]> {
  requireAdminViewer(viewer)
  return prisma().invitation.findMany({
    where: openInvitations(),
    orderBy: { id: 'desc' },
    take: MOST,
    select: listed,
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
