import { commandLine, requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { type AuditDetails, audit } from '@/lib/audit/audit'
import type { Prisma, User } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors/app-error'
import { insertUser, lockAdmins, type NewUser, prepareUser, type SignUpInput } from './users'

/**
 * Creates a user whatever `SIGN_UP` says.
 * @param actor null for the command line
 * @throws {AppError} `conflict` for a known address, `invalid_input`
 */
export async function addUser(
  actor: Viewer | null,
  input: SignUpInput,
  role: Viewer['role'],
): Promise<NewUser> {
  if (actor) requireAdminViewer(actor)
  const data = await prepareUser(input, role)
  return transaction(async (tx) => {
    const user = await insertUser(tx, { ...data, emailVerifiedAt: new Date() })
    await audit(
      tx,
      actor,
      'user.create',
      { type: 'user', id: user.id },
      { after: { role: role.toLowerCase() } },
    )
    return user
  })
}

/** Locks someone out: their sessions and API keys stop working at the next request. */
export async function disableUser(viewer: Viewer, id: string): Promise<void> {
  refuseSelf(viewer, id, 'You cannot disable your own account. Ask another admin to do it.')
  await changeUser(viewer, id, 'user.disable', ({ disabledAt }) => ({
    disabledAt: disabledAt ?? new Date(),
    sessionVersion: { increment: 1 },
  }))
}

/** Lets someone in again; sessions from before stay ended. */
export async function enableUser(viewer: Viewer, id: string): Promise<void> {
  await changeUser(viewer, id, 'user.enable', (user) => {
    refuseRemoved(user)
    return { disabledAt: null }
  })
}

/** Makes someone an admin, or an admin an ordinary user; takes effect at their next request. */
export async function changeRole(viewer: Viewer, id: string, role: Viewer['role']): Promise<void> {
  await changeUser(viewer, id, 'user.role', (user) => {
    refuseRemoved(user)
    return { role }
  })
}

/** Ends every session of somebody at its next request. */
export async function signOutUser(viewer: Viewer, id: string): Promise<void> {
  await changeUser(viewer, id, 'user.sign-out', () => ({ sessionVersion: { increment: 1 } }))
}

/**
 * Changes a user, in one transaction with what `along` does and the entry in the audit log. Such
 * changes wait for each other, so that of two at once the second sees what the first did.
 * @throws {AppError} `conflict` for what would leave no admin; `not_found`
 */
export async function changeUser(
  viewer: Viewer,
  id: string,
  action: string,
  decide: (user: User) => Prisma.UserUpdateInput,
  along: (tx: Database, user: User) => Promise<AuditDetails | undefined> = async () => undefined,
): Promise<void> {
  requireAdminViewer(viewer)
  await transaction(async (tx) => {
    await lockAdmins(tx)
    const actsByRight = await isStillAdmin(tx, viewer)
    const before = await tx.user.findUnique({ where: { id } })
    if (!before) throw notFound('The user')
    const after = await tx.user.update({ where: { id }, data: decide(before) })
    await requireSomeAdmin(tx)
    if (!actsByRight) throw new AppError('forbidden', 'Only an admin may do this.')
    const details = { ...difference(stateOf(before), stateOf(after)), ...(await along(tx, after)) }
    await audit(tx, viewer, action, { type: 'user', id }, details)
  })
}

/** Nobody shuts themselves out by accident. */
export function refuseSelf(viewer: Viewer, id: string, sentence: string): void {
  if (viewer.userId === id) throw new AppError('conflict', sentence)
}

function refuseRemoved({ removal, anonymizedAt }: User): void {
  if (anonymizedAt) throw new AppError('conflict', 'This account was anonymized for good.')
  if (removal) throw new AppError('conflict', 'This account is being removed.')
}

/** Undoes, by throwing, what would leave nobody able to manage users. */
async function requireSomeAdmin(tx: Database): Promise<void> {
  const admin = await tx.user.findFirst({
    where: { role: 'ADMIN', disabledAt: null },
    select: { id: true },
  })
  if (!admin) {
    throw new AppError('conflict', 'This is the last admin. Make somebody else an admin first.')
  }
}

/** Whoever was an admin when their request began may have ceased to be one while it waited. */
async function isStillAdmin(tx: Database, { userId }: Viewer): Promise<boolean> {
  if (userId === commandLine.userId) return true
  const where = { id: userId, role: 'ADMIN', disabledAt: null } as const
  return (await tx.user.findFirst({ where, select: { id: true } })) !== null
}

type State = Record<string, string | boolean>

/** What the audit log keeps of a user. */
function stateOf({ role, disabledAt }: User): State {
  return { role: role.toLowerCase(), disabled: disabledAt !== null }
}

/** The values that differ, before and after; nothing when none do. */
function difference(before: State, after: State): AuditDetails {
  const changed = Object.keys(before).filter((key) => before[key] !== after[key])
  if (changed.length === 0) return {}
  const pick = (values: State) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => changed.includes(key)))
  return { before: pick(before), after: pick(after) }
}
