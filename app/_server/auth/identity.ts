import type { Viewer } from '@/lib/access/viewer'
import { takeInvitation } from '@/lib/auth/invitations'
import { handOver } from '@/lib/auth/revoke-access'
import type { SessionUser } from '@/lib/auth/sign-in'
import { insertUser } from '@/lib/auth/users'
import { config } from '@/lib/config/config'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { emailField, nameField } from '@/lib/mail/person-fields'

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
 * the one with its verified address, else a new one where `SIGN_UP` allows it. An account whose
 * address nobody had confirmed is handed over: whoever made it may not have been its owner.
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

    const user = viewer ? await connecting(tx, viewer, identity) : await userOfAddress(tx, identity)
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
  return known.disabledAt || known.emailVerifiedAt ? allowed(known) : handOver(tx, known, null)
}

/** Who is signed in, and now shows that the address of the account is theirs, has it confirmed. */
async function connecting(tx: Database, viewer: Viewer, identity: Identity): Promise<Outcome> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: viewer.userId } })
  const email = emailField.safeParse(identity.verifiedEmail).data
  if (email !== user.email || user.emailVerifiedAt) return allowed(user)
  const data = { emailVerifiedAt: new Date() }
  return allowed(await tx.user.update({ where: { id: user.id }, data }))
}

async function signUpWith(tx: Database, email: string, givenName: string): Promise<Outcome> {
  const invitation = await takeInvitation(tx, { email })
  const { signUp } = config()
  if (!invitation && signUp !== 'open') return signUp
  const name = nameField.safeParse(givenName).data ?? email.slice(0, email.indexOf('@'))
  const role = invitation?.role ?? 'USER'
  return insertUser(tx, { email, name, passwordHash: null, role, emailVerifiedAt: new Date() })
}

function allowed(user: SessionUser & { disabledAt: Date | null }): Outcome {
  return user.disabledAt ? 'disabled' : { id: user.id, sessionVersion: user.sessionVersion }
}
