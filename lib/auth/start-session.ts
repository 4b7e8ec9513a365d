import { cookies } from 'next/headers'
import { encodeSession, SESSION_SECONDS, sessionCookie } from './session-token'
import type { SessionUser } from './sign-in'

/** Signs someone in on the browser that called the server action. */
export async function startSession(user: SessionUser): Promise<void> {
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, await encodeSession(user), { ...options, maxAge: SESSION_SECONDS })
}

/** Signs out on this browser only. */
export async function endSession(): Promise<void> {
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}
