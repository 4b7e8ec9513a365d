import { decode, encode } from 'next-auth/jwt'
import type { Origin } from '@/lib/access/origin'
import type { Viewer } from '@/lib/access/viewer'
import { authSecret, config } from '@/lib/config/config'
import { pool } from '@/lib/db/pool'
import { addLogFields } from '@/lib/telemetry/context'
import { logger } from '@/lib/telemetry/logger'
import { LIVE_SESSIONS } from './credentials'
import { openSession, SESSION_SECONDS } from './sessions'
import type { SessionUser } from './sign-in'

/** Someone who is signed in, with what pages show about them. */
export type SignedIn = Viewer & { name: string; email: string; sessionId: string }

/** The latest request of a session is written down at most this often. */
const LAST_SEEN_SECONDS = 60

const lookup = {
  name: 'millrace-session',
  text: `SELECT u."id" AS "userId", u."role", u."name", u."email",
           s."lastSeenAt" < now() - make_interval(secs => ${LAST_SEEN_SECONDS}) AS "unseen"
         FROM ${LIVE_SESSIONS} AND s."id" = $1`,
}

type Row = {
  userId: string
  role: Viewer['role']
  name: string
  email: string
  unseen: boolean
}

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

/** Opens a session; the signed and encrypted token that its cookie carries. */
export async function newSessionToken(user: SessionUser, from?: Origin): Promise<string> {
  const token = { sid: await openSession(user, from) }
  return encode({ token, secret: authSecret(), maxAge: SESSION_SECONDS })
}

/** The id of the session that a token is for, ended or not; null when it is forged or expired. */
export async function sessionIdOf(token: string | undefined): Promise<string | null> {
  if (!token) return null
  const claims = await decode({ token, secret: authSecret() }).catch(() => null)
  return typeof claims?.sid === 'string' ? claims.sid : null
}

/** Who a session's token belongs to; null when it is forged, expired, ended, or the user disabled. */
export async function viewerOfSession(
  token: string | undefined,
  from?: Origin,
): Promise<SignedIn | null> {
  const id = await sessionIdOf(token)
  return id === null ? null : viewerOfSessionId(id, from)
}

/**
 * The same for the id of a token that is decoded already. One query.
 * @param from where the request comes from
 */
export async function viewerOfSessionId(
  sessionId: string,
  from?: Origin,
): Promise<SignedIn | null> {
  const { rows } = await pool().query<Row>({ ...lookup, values: [sessionId] })
  const row = rows[0]
  if (!row) return null
  const { unseen, ...person } = row
  addLogFields({ userId: person.userId })
  if (unseen) recordSeen(sessionId, from)
  return { ...person, sessionId, ...(from ? { from } : {}) }
}

/** In the background: no request waits for it, or fails with it. */
function recordSeen(id: string, from: Origin | undefined): void {
  pool()
    .query(
      `UPDATE "Session" SET "lastSeenAt" = now(), "ip" = COALESCE($2, "ip"),
         "userAgent" = COALESCE($3, "userAgent") WHERE "id" = $1`,
      [id, from?.ip ?? null, from?.userAgent ?? null],
    )
    .catch((error: unknown) => logger('auth').warn({ err: error }, 'last visit was not recorded'))
}
