import { cookies, headers } from 'next/headers'
import { originOf } from '@/lib/access/origin'
import { browserCookie, browserToken } from '@/lib/auth/known-browser'
import { newSessionToken, sessionCookie, sessionIdOf } from '@/lib/auth/session-token'
import { closeSession, SESSION_SECONDS } from '@/lib/auth/sessions'
import { recordSignIn, type SessionUser } from '@/lib/auth/sign-in'

/** Signs someone in on the browser that called the server action, in place of who was before. */
export async function startSession(user: SessionUser): Promise<void> {
  await closeOwnSession()
  const { name, options } = sessionCookie()
  const [jar, sent] = await Promise.all([cookies(), headers()])
  jar.set(name, await newSessionToken(user, originOf(sent)), {
    ...options,
    maxAge: SESSION_SECONDS,
  })
  await rememberBrowser(user.id)
  await recordSignIn(user.id)
}

/** Lets the browser that called the server action be known as one that somebody signs in on. */
export async function rememberBrowser(userId: string): Promise<void> {
  const { name, options } = browserCookie()
  const jar = await cookies()
  jar.set(name, browserToken(userId), options)
}

/** Signs out on this browser only; a copy of its cookie works no longer either. */
export async function endSession(): Promise<void> {
  await closeOwnSession()
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}

async function closeOwnSession(): Promise<void> {
  const jar = await cookies()
  const id = await sessionIdOf(jar.get(sessionCookie().name)?.value)
  if (id !== null) await closeSession(id)
}
