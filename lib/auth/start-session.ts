import { cookies } from 'next/headers'
import { browserCookie, browserToken } from './known-browser'
import { encodeSession, SESSION_SECONDS, sessionCookie } from './session-token'
import type { SessionUser } from './sign-in'

/** Signs someone in on the browser that called the server action. */
export async function startSession(user: SessionUser): Promise<void> {
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, await encodeSession(user), { ...options, maxAge: SESSION_SECONDS })
  await rememberBrowser(user.id)
}

/** Lets the browser that called the server action be known as one that somebody signs in on. */
export async function rememberBrowser(userId: string): Promise<void> {
  const { name, options } = browserCookie()
  const jar = await cookies()
  jar.set(name, browserToken(userId), options)
}

/** Signs out on this browser only. */
export async function endSession(): Promise<void> {
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}
