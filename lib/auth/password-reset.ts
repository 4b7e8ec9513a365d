import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { sendEmail } from '@/lib/services/jobs'
import { audit } from './audit'
import { emailField } from './fields'
import { hashPassword, newPassword } from './passwords'
import { hashToken, resetToken } from './reset-token'
import { countTry, forgiveAll } from './throttle'
import { requireAdminViewer, type Viewer } from './viewer'

const VALID_MS = 30 * 60 * 1000
/** Every answer takes this long, so that none tells whether the address is known. */
const ANSWER_MS = 400

const resetInput = z.strictObject({ token: z.string(), password: newPassword })

/**
 * Mails a link to choose a new password, if the address belongs to someone.
 * The caller learns nothing about that, neither by the answer nor by its time.
 * @throws {AppError} `invalid_input` for what is no address, `rate_limited`
 */
export async function requestPasswordReset(email: string, clientAddress: string): Promise<void> {
  const address = parseInput(z.strictObject({ email: emailField }), { email }).email
  await countTry('resetAddress', clientAddress)
  await countTry('resetAccount', address)
  await Promise.all([mailLink(address), wait(ANSWER_MS)])
}

async function mailLink(email: string): Promise<void> {
  const user = await prisma().user.findUnique({ where: { email } })
  if (user && !user.disabledAt) await transaction((tx) => sendResetLink(tx, user))
}

/**
 * Mails somebody the link in an admin's name.
 * @throws {AppError} `not_found`; `conflict` for a disabled user, whom no link lets in
 */
export async function sendPasswordReset(viewer: Viewer, id: string): Promise<void> {
  requireAdminViewer(viewer)
  await transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id } })
    if (!user) throw notFound('The user')
    if (user.disabledAt) {
      throw new AppError('conflict', 'This account is disabled. Enable it first.')
    }
    await sendResetLink(tx, user)
    await audit(tx, viewer, 'user.password-reset', { type: 'user', id })
  })
}

/** Mails the link; links mailed before stop working. */
async function sendResetLink(
  tx: Database,
  user: { id: string; email: string; name: string },
): Promise<void> {
  const id = uuidv7()
  await tx.passwordReset.updateMany({
    where: { userId: user.id, usedAt: null },
    data: { usedAt: new Date() },
  })
  await tx.passwordReset.create({
    data: {
      id,
      userId: user.id,
      tokenHash: hashToken(resetToken(id)),
      expiresAt: new Date(Date.now() + VALID_MS),
    },
  })
  await sendEmail(
    tx,
    {
      to: user.email,
      template: 'password-reset',
      variables: { name: user.name, resetId: id },
    },
    { ownerId: user.id },
  )
}

/** Whether a link still works. */
export async function isResetTokenOpen(token: string): Promise<boolean> {
  const reset = await prisma().passwordReset.findFirst({
    where: { tokenHash: hashToken(token), ...open() },
    select: { id: true },
  })
  return reset !== null
}

/**
 * Sets a new password with a mailed link. The link is used up and every session ends.
 * @returns whose it is
 * @throws {AppError} `not_found` when the link does not work any more
 */
export async function resetPassword(input: z.input<typeof resetInput>): Promise<{ id: string }> {
  const { token, password } = parseInput(resetInput, input)
  const passwordHash = await hashPassword(password)
  const { id, email } = await transaction(async (tx) => {
    const now = new Date()
    const [reset] = await tx.passwordReset.updateManyAndReturn({
      where: { tokenHash: hashToken(token), ...open() },
      data: { usedAt: now },
      select: { userId: true },
    })
    if (!reset) throw linkIsOver()
    const [user] = await tx.user.updateManyAndReturn({
      where: { id: reset.userId, disabledAt: null },
      data: { passwordHash, sessionVersion: { increment: 1 } },
      select: { id: true, email: true },
    })
    if (!user) throw linkIsOver()
    await tx.passwordReset.updateMany({
      where: { userId: reset.userId, usedAt: null },
      data: { usedAt: now },
    })
    return user
  })
  // Whoever guessed at the old password must not keep the owner of the new one out.
  await forgiveAll('signInAccount', email)
  return { id }
}

function open() {
  return { usedAt: null, expiresAt: { gt: new Date() }, user: { disabledAt: null } }
}

function linkIsOver(): AppError {
  return new AppError('not_found', 'This link was used or has expired. Ask for a new one.')
}
