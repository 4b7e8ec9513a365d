import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { emailField } from '@/lib/mail/person-fields'
import { sendEmail } from '@/lib/services/jobs'
import { hashPassword, newPassword } from './passwords'
import { hashToken, resetToken, resetUrl } from './reset-token'
import { handOver } from './revoke-access'
import { countTry, forgiveAll } from './throttle'

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
    await sendResetLink(tx, openTo(await tx.user.findUnique({ where: { id } })))
    await audit(tx, viewer, 'user.password-reset', { type: 'user', id })
  })
}

/**
 * Makes a link for whoever runs this installation: the way back in where no mail arrives.
 * @throws {AppError} `not_found`; `conflict` for a disabled user, whom no link lets in
 */
export async function createResetLink(email: string): Promise<{ url: string; expiresAt: Date }> {
  const address = parseInput(z.strictObject({ email: emailField }), { email }).email
  return transaction(async (tx) => {
    const user = openTo(await tx.user.findUnique({ where: { email: address } }))
    const { id, expiresAt } = await newReset(tx, user.id)
    await audit(tx, null, 'user.password-reset', { type: 'user', id: user.id })
    return { url: resetUrl(id), expiresAt }
  })
}

/** A user whom a link lets in. @throws {AppError} `not_found`, `conflict` */
function openTo<U extends { disabledAt: Date | null }>(user: U | null): U {
  if (!user) throw notFound('The user')
  if (!user.disabledAt) return user
  throw new AppError('conflict', 'This account is disabled. Enable it first.')
}

/** Mails the link; links mailed before stop working. */
async function sendResetLink(
  tx: Database,
  user: { id: string; email: string; name: string },
): Promise<void> {
  const { id } = await newReset(tx, user.id)
  await sendEmail(
    tx,
    {
      to: user.email,
      template: 'password-reset',
      variables: { name: user.name, resetId: id },
    },
    // The system's own mail, whoever asked for it.
    { ownerId: user.id, role: 'ADMIN' },
  )
}

/** Makes a link; those made before stop working. */
async function newReset(tx: Database, userId: string): Promise<{ id: string; expiresAt: Date }> {
  const id = uuidv7()
  const expiresAt = new Date(Date.now() + VALID_MS)
  await tx.passwordReset.updateMany({
    where: { userId, usedAt: null },
    data: { usedAt: new Date() },
  })
  await tx.passwordReset.create({
    data: { id, userId, tokenHash: hashToken(resetToken(id)), expiresAt },
  })
  return { id, expiresAt }
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
 * Sets a new password with a mailed link. The link is used up, and what else lets somebody in ends:
 * sessions, API keys, linked accounts. A first link also confirms the address.
 * @returns whose it is
 * @throws {AppError} `not_found` when the link does not work any more
 */
export async function resetPassword(input: z.input<typeof resetInput>): Promise<{ id: string }> {
  const { token, password } = parseInput(resetInput, input)
  const passwordHash = await hashPassword(password)
  const { id, email } = await transaction(async (tx) => {
    const [reset] = await tx.passwordReset.updateManyAndReturn({
      where: { tokenHash: hashToken(token), ...open() },
      data: { usedAt: new Date() },
      select: { user: true },
    })
    if (!reset || reset.user.disabledAt) throw linkIsOver()
    await handOver(tx, reset.user, passwordHash)
    return reset.user
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
