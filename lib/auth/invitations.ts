import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { config } from '@/lib/config/config'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { audit } from './audit'
import { emailField, nameField } from './fields'
import { hashPassword, newPassword } from './passwords'
import { hashToken } from './reset-token'
import { insertUser, type NewUser } from './users'
import type { Viewer } from './viewer'

const VALID_MS = 7 * 24 * 60 * 60 * 1000

const invitationInput = z.strictObject({ email: emailField, role: z.enum(['USER', 'ADMIN']) })
const acceptInput = z.strictObject({ token: z.string(), name: nameField, password: newPassword })

/**
 * Invites an address; an earlier invitation of it ends.
 * @param viewer an admin, or null for the command line
 * @returns the link to hand over; it works once, for seven days, and is not shown again
 */
export async function createInvitation(
  viewer: Viewer | null,
  input: z.input<typeof invitationInput>,
): Promise<{ id: string; url: string; expiresAt: Date }> {
  if (viewer && viewer.role !== 'ADMIN') {
    throw new AppError('forbidden', 'Only an admin may invite people.')
  }
  const { email, role } = parseInput(invitationInput, input)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + VALID_MS)
  const id = uuidv7()
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
    await audit(tx, viewer, 'user.invite', { type: 'invitation', id }, { email, role })
  })
  return { id, url: `${config().appUrl}/invitation?token=${token}`, expiresAt }
}

/** Whom a link invites; null when it is unknown, used or expired. */
export async function findInvitation(token: string): Promise<{ email: string } | null> {
  return prisma().invitation.findFirst({
    where: { tokenHash: hashToken(token), ...open() },
    select: { email: true },
  })
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
    return insertUser(tx, { ...invitation, name, passwordHash })
  })
}

/** Uses up the open invitation that matches, if there is one. */
export async function takeInvitation(
  tx: Database,
  where: { tokenHash: string } | { email: string },
): Promise<{ email: string; role: Viewer['role'] } | null> {
  const [taken] = await tx.invitation.updateManyAndReturn({
    where: { ...where, ...open() },
    data: { acceptedAt: new Date() },
    select: { email: true, role: true },
  })
  return taken ?? null
}

function open() {
  return { acceptedAt: null, expiresAt: { gt: new Date() } }
}
