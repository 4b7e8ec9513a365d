import { decode, encode } from 'next-auth/jwt'
import { authSecret, config } from '@/lib/config/config'
import { prisma } from '@/lib/db/prisma'
import { addLogFields } from '@/lib/log/context'
import type { Viewer } from './viewer'

/** Someone who is signed in, with what pages show about them. */
export type SignedIn = Viewer & { name: string; email: string }

/** A session ends this long after the sign-in, in seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60

/** True where browsers reach the app over https: cookies are then bound to the host and to https. */
export function secureCookies(): boolean {
  return config().appUrl.startsWith('https://')
}

/** Name and attributes of the session's cookie, the same for next-auth and for our own actions. */
export function sessionCookie() {
  const secure = secureCookies()
  return {
    name: `${secure ? '__Host-' : ''}next-auth.session-token`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const
}

/** The signed and encrypted token of a new session. */
export function encodeSession(user: { id: string; sessionVersion: number }): Promise<string> {
  return encode({
    token: { sub: user.id, sessionVersion: user.sessionVersion },
    secret: authSecret(),
    maxAge: SESSION_SECONDS,
  })
}

/** Who a session's token belongs to; null when it is forged, expired, ended, or the user disabled. */
export async function viewerOfSession(token: string | undefined): Promise<SignedIn | null> {
  if (!token) return null
  const claims = await decode({ token, secret: authSecret() }).catch(() => null)
  return claims ? viewerOfClaims(claims) : null
}

/** The same for a token that is decoded already. Reads the database once. */
export async function viewerOfClaims(claims: {
  sub?: unknown
  sessionVersion?: unknown
}): Promise<SignedIn | null> {
  if (typeof claims.sub !== 'string') return null
  const user = await prisma().user.findUnique({
    where: { id: claims.sub },
    select: { role: true, name: true, email: true, sessionVersion: true, disabledAt: true },
  })
  if (!user || user.disabledAt || user.sessionVersion !== claims.sessionVersion) return null
  addLogFields({ userId: claims.sub })
  return { userId: claims.sub, role: user.role, name: user.name, email: user.email }
}
