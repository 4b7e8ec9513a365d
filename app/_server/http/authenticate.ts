import { clientAddress } from '@/lib/access/client-address'
import { originOf } from '@/lib/access/origin'
import type { Scope } from '@/lib/access/scopes'
import type { Authenticated, Viewer } from '@/lib/access/viewer'
import { browserCookie } from '@/lib/auth/known-browser'
import { type SignedIn, sessionCookie, viewerOfSession } from '@/lib/auth/session-token'
import { verifyApiKey } from '@/lib/auth/verify-api-key'
import { AppError } from '@/lib/errors/app-error'
import { rateLimit } from './rate-limit'
import { requireSameOrigin } from './same-origin'

/**
 * Who sends a request to a route handler, by API key or else by the session's cookie, and that they
 * do not send too many. A session may do all its owner may; its writes must come from this app's
 * own pages.
 * @throws {AppError} `unauthenticated` without identity, `forbidden` without the right,
 * `rate_limited`
 */
export async function authenticate(request: Request, scope: Scope): Promise<Authenticated> {
  const authorization = request.headers.get('authorization')
  const credential = authorization ?? sessionToken(request) ?? ''
  const limit = rateLimit(clientAddress(request.headers), credential)
  await limit.refuseFlood()
  const identity = await identify(request, authorization)
  if (!identity) {
    await limit.countRefused()
    throw new AppError(
      'unauthenticated',
      authorization === null
        ? 'Sign in, or send an API key.'
        : 'The API key is unknown, expired or revoked.',
    )
  }
  await limit.countAccepted()
  if (identity.scopes && !identity.scopes.includes(scope)) {
    throw new AppError('forbidden', `The API key lacks the scope ${scope}.`)
  }
  if (scope === 'admin' && identity.viewer.role !== 'ADMIN') {
    throw new AppError('forbidden', 'Only an admin may do this.')
  }
  if (identity.via === 'session') requireSameOrigin(request)
  const { viewer, via, credentialId } = identity
  return { ...viewer, via, credentialId, from: originOf(request.headers) }
}

type Identity = Pick<Authenticated, 'via' | 'credentialId'> & { viewer: Viewer; scopes?: Scope[] }

async function identify(
  request: Request,
  authorization: string | null,
): Promise<Identity | undefined> {
  if (authorization === null) {
    const signedIn = await viewerOfRequest(request)
    if (!signedIn) return undefined
    const { userId, role, sessionId } = signedIn
    return { viewer: { userId, role }, via: 'session', credentialId: sessionId }
  }
  const key = /^Bearer +(mr_\S{1,200})$/i.exec(authorization)?.[1]
  const verified = key ? await verifyApiKey(key) : null
  return verified ? { ...verified, via: 'key', credentialId: verified.keyId } : undefined
}

/** Who the session's cookie belongs to, with no check of where the request comes from. */
export function viewerOfRequest(request: Request): Promise<SignedIn | null> {
  return viewerOfSession(sessionToken(request), originOf(request.headers))
}

/** By which the browser shows who signed in on it before. */
export function browserTokenOf(request: Request): string | undefined {
  return cookie(request, browserCookie().name)
}

function sessionToken(request: Request): string | undefined {
  return cookie(request, sessionCookie().name)
}

function cookie(request: Request, name: string): string | undefined {
  for (const pair of request.headers.get('cookie')?.split(';') ?? []) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}
