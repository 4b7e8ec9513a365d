import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { originOf } from '@/lib/access/origin'
import { firstRun } from '@/lib/auth/first-run'
import { type SignedIn, sessionCookie, viewerOfSession } from '@/lib/auth/session-token'
import { pathHeader, safeCallbackPath } from './callback-url'

/**
 * Who is asking, for server components and server actions; null when nobody is signed in.
 * Reads the database once per request, so that disabling someone takes effect at their next one.
 */
export const currentViewer = cache(async (): Promise<SignedIn | null> => {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  return viewerOfSession(jar.get(sessionCookie().name)?.value, originOf(sent))
})

/** The viewer; anyone else is sent to sign in, or to the set-up while there is no owner. */
export async function requireViewer(): Promise<SignedIn> {
  const viewer = await currentViewer()
  if (viewer) return viewer
  if ((await firstRun()) !== 'done') redirect('/setup')
  const path = safeCallbackPath((await headers()).get(pathHeader))
  redirect(path === '/' ? '/sign-in' : `/sign-in?callbackUrl=${encodeURIComponent(path)}`)
}

/** The viewer, who is an admin; to anyone else the page does not exist. */
export async function requireAdmin(): Promise<SignedIn> {
  const viewer = await currentViewer()
  if (viewer?.role !== 'ADMIN') notFound()
  return viewer
}
