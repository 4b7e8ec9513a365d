import { config } from '@/lib/config/config'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { emailField, nameField } from './fields'
import { takeInvitation } from './invitations'
import type { SessionUser } from './sign-in'
import { insertUser } from './users'
import type { Viewer } from './viewer'

/** What GitHub or Google says about someone. */
export type Identity = {
  provider: string
  providerAccountId: string
  /** Undefined unless the provider says that it verified the address. */
  verifiedEmail: string | undefined
  name: string
}

/** Why somebody with an identity may not come in; the sign-in page has a sentence for each. */
export type IdentityRefusal = 'unverified' | 'disabled' | 'invite' | 'closed'

type Outcome = SessionUser | IdentityRefusal

/**
 * The user an identity belongs to: the one it is linked to, else the one who is connecting it, else
 * the one with its verified address, else a new one where `SIGN_UP` allows it.
 * @param viewer whoever is signed in already
 */
export async function userOfIdentity(identity: Identity, viewer: Viewer | null): Promise<Outcome> {
  return transaction(async (tx) => {
    const { provider, providerAccountId } = identity
    const linked = await tx.account.findUnique({
      where: { provider_providerAccountId: { provider, providerAccountId } },
      select: { user: true },
    })
    if (linked) return allowed(linked.user)

    const user = viewer
      ? allowed(await tx.user.findUniqueOrThrow({ where: { id: viewer.userId } }))
      : await userOfAddress(tx, identity)
    if (typeof user === 'string') return user
    await tx.account.create({ data: { provider, providerAccountId, userId: user.id } })
    return user
  })
}

async function userOfAddress(tx: Database, identity: Identity): Promise<Outcome> {
  const email = emailField.safeParse(identity.verifiedEmail).data
  if (!email) return 'unverified'
  const known = await tx.user.findUnique({ where: { email } })
  if (!known) return signUpWith(tx, email, identity.name)
  return known.disabledAt ? 'disabled' : takeOver(tx, known.id)
}

/**
 * Hands an account to the owner of its address. Whoever made it may not have been them: nobody
 * checked the address then. So what let that person in ends: password, sessions, API keys.
 */
async function takeOver(tx: Database, userId: string): Promise<SessionUser> {
  await tx.apiKey.updateMany({
    where: { userId, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return tx.user.update({
    where: { id: userId },
    data: { passwordHash: null, sessionVersion: { increment: 1 } },
    select: { id: true, sessionVersion: true },
  })
}

async function signUpWith(tx: Database, email: string, givenName: string): Promise<Outcome> {
  const invitation = await takeInvitation(tx, { email })
  const { signUp } = config()
  if (!invitation && signUp !== 'open') return signUp
  const name = nameField.safeParse(givenName).data ?? email.slice(0, email.indexOf('@'))
  return insertUser(tx, { email, name, passwordHash: null, role: invitation?.role ?? 'USER' })
}

function allowed(user: SessionUser & { disabledAt: Date | null }): Outcome {
  return user.disabledAt ? 'disabled' : { id: user.id, sessionVersion: user.sessionVersion }
}
