import { encode } from 'next-auth/jwt'
import { newSessionToken, sessionCookie, sessionIdOf } from '@/lib/auth/session-token'
import { authSecret } from '@/lib/config/config'
import { prisma } from '@/lib/db/prisma'
import { type ApiUser, createApiUser } from './api'

/** What proves, or fails to prove, who sends a request. */
export type Proof = Record<string, string>

export const keyOf = ({ key }: ApiUser): Proof => ({ authorization: `Bearer ${key}` })

/** The cookie of a new session, as a browser sends it. */
export async function sessionOf({ userId }: ApiUser): Promise<Proof> {
  return cookie(await sessionToken(userId))
}

/** A new user for each way in which a proof stops being one, with that proof. */
export async function refusedProofs(): Promise<Record<string, Proof>> {
  return {
    'nobody signed in': {},
    'a key that never was': { authorization: `Bearer mr_${'a'.repeat(43)}` },
    'a password instead of a key': { authorization: 'Basic YTpi' },
    'a revoked key': await changedKey({ revokedAt: new Date() }),
    'an expired key': await changedKey({ expiresAt: new Date(Date.now() - 1_000) }),
    'a disabled person’s key': keyOf(await disabled(await createApiUser())),
    ...(await refusedSessions()),
  }
}

/** The same for sessions alone: what a browser may come with. */
export async function refusedSessions(): Promise<Record<string, Proof>> {
  const person = await createApiUser()
  const ended = await sessionOf(person)
  await prisma().user.update({
    where: { id: person.userId },
    data: { sessionVersion: { increment: 1 } },
  })
  const leaver = await createApiUser()
  const disabledSession = await sessionOf(leaver)
  await disabled(leaver)
  return {
    'an expired session': cookie(await expiredToken(await createApiUser())),
    'a session signed out everywhere': ended,
    'the copy of a session that was signed out': await signedOut(await createApiUser()),
    'a disabled person’s session': disabledSession,
    'a forged session': cookie('x.y.z'),
  }
}

async function changedKey(data: { revokedAt?: Date; expiresAt?: Date }): Promise<Proof> {
  const user = await createApiUser()
  await prisma().apiKey.updateMany({ where: { userId: user.userId }, data })
  return keyOf(user)
}

async function signedOut(user: ApiUser): Promise<Proof> {
  const proof = await sessionOf(user)
  await prisma().session.deleteMany({ where: { userId: user.userId } })
  return proof
}

async function disabled(user: ApiUser): Promise<ApiUser> {
  await prisma().user.update({ where: { id: user.userId }, data: { disabledAt: new Date() } })
  return user
}

async function expiredToken({ userId }: ApiUser): Promise<string> {
  const token = { sid: await sessionIdOf(await sessionToken(userId)) }
  return encode({ token, secret: authSecret(), maxAge: -60 })
}

async function sessionToken(userId: string): Promise<string> {
  return newSessionToken(await prisma().user.findUniqueOrThrow({ where: { id: userId } }))
}

function cookie(token: string): Proof {
  return { cookie: `${sessionCookie().name}=${token}` }
}
