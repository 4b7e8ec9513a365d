import { randomBytes } from 'node:crypto'
import { isSameSecret, signatureOf } from '@/lib/secrets/sign'
import { secureCookies } from './session-token'

/** A year: what it is good for is small. */
const SECONDS = 365 * 24 * 60 * 60

/** Name and attributes of the cookie by which a browser shows that an account signed in on it before. */
export function browserCookie() {
  const secure = secureCookies()
  return {
    name: `${secure ? '__Host-' : ''}millrace.browser`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: SECONDS },
  } as const
}

/** The cookie's value for a browser on which somebody has just signed in: an id, and whose it is, signed. */
export function browserToken(userId: string): string {
  const id = randomBytes(12).toString('base64url')
  return `${id}.${seal(id, userId)}`
}

/** The browser's id, when this account signed in on it before; undefined for any other. */
export function knownBrowser(token: string | undefined, userId: string): string | undefined {
  const [id = '', mac = ''] = token?.split('.') ?? []
  return isSameSecret(mac, seal(id, userId)) ? id : undefined
}

function seal(id: string, userId: string): string {
  return signatureOf(`browser:${id}:${userId}`)
}
