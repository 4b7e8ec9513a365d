import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { hashPassword, newPassword, verifyPassword } from '@/lib/auth/passwords'
import { endSessions } from '@/lib/auth/sessions'
import type { SessionUser } from '@/lib/auth/sign-in'
import { countTry, forgiveAll } from '@/lib/auth/throttle'
import { prisma } from '@/lib/db/prisma'
import { invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { nameField } from '@/lib/mail/person-fields'

const passwordInput = z.strictObject({ current: z.string(), password: newPassword })

/** What the viewer sees of their own account beyond their name. */
export async function accountOf(viewer: Viewer) {
  const user = await prisma().user.findUniqueOrThrow({
    where: { id: viewer.userId },
    select: {
      email: true,
      name: true,
      passwordHash: true,
      notifyByMail: true,
      createdAt: true,
      lastSignInAt: true,
      timezone: true,
      accounts: { select: { provider: true } },
    },
  })
  const { passwordHash, accounts, ...shown } = user
  return {
    ...shown,
    hasPassword: passwordHash !== null,
    providers: accounts.map(({ provider }) => provider),
  }
}

export async function rename(viewer: Viewer, input: { name: string }): Promise<void> {
  const data = parseInput(z.strictObject({ name: nameField }), input)
  await prisma().user.update({ where: { id: viewer.userId }, data })
}

/** Whether the viewer also hears by mail what the console notifies them about. */
export async function setNotifyByMail(viewer: Viewer, notifyByMail: boolean): Promise<void> {
  await prisma().user.update({ where: { id: viewer.userId }, data: { notifyByMail } })
}

/**
 * Changes the viewer's password and ends every session.
 * @returns what a new session for the viewer needs
 * @throws {AppError} `invalid_input` also for a wrong current password, `rate_limited`
 */
export async function changePassword(
  viewer: Viewer,
  input: z.input<typeof passwordInput>,
): Promise<SessionUser> {
  const { current, password } = parseInput(passwordInput, input)
  const user = await prisma().user.findUniqueOrThrow({ where: { id: viewer.userId } })
  await countTry('ownPassword', user.id)
  if (!(await verifyPassword(user.passwordHash, current))) {
    throw invalidInput([{ path: 'current', message: 'This is not your current password' }])
  }
  await forgiveAll('ownPassword', user.id)
  return endSessions(viewer.userId, { passwordHash: await hashPassword(password) })
}
