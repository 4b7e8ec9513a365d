import { type NextRequest, NextResponse } from 'next/server'
import { pathHeader } from '@/app/_server/auth/callback-url'
import { problem } from '@/app/_server/http/problem'
import { requireSameOrigin } from '@/app/_server/http/same-origin'
import { contentSecurityPolicy, nonceHeader } from '@/app/_server/http/security-headers'
import { originOf } from '@/lib/access/origin'
import { sessionCookie, viewerOfSession } from '@/lib/auth/session-token'
import { config as configuration } from '@/lib/config/config'
import { AppError } from '@/lib/errors/app-error'

/**
 * Gives every page its own script nonce, and refuses writes that other sites send. Who may see what,
 * each page, action and route handler decides itself; to whoever is no admin the addresses of the
 * admin's side are answered here like any that does not exist, since a route handler cannot.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const refusal = refuseOtherSites(request)
  if (refusal) return refusal
  const { mode } = configuration()
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const policy = contentSecurityPolicy(nonce, { development: mode === 'development' })

  const headers = new Headers(request.headers)
  headers.set(nonceHeader, nonce)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  // Next.js takes the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)

  const missing = isAdminSide(request) && !(await isAdmin(request))
  const response = missing
    ? NextResponse.rewrite(new URL(MISSING, request.url), { request: { headers } })
    : NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** No page has this address. */
const MISSING = '/missing'

function isAdminSide({ nextUrl }: NextRequest): boolean {
  return /^\/admin(\/|$)/i.test(nextUrl.pathname)
}

async function isAdmin(request: NextRequest): Promise<boolean> {
  const token = request.cookies.get(sessionCookie().name)?.value
  const viewer = await viewerOfSession(token, originOf(request.headers))
  return viewer?.role === 'ADMIN'
}

function refuseOtherSites(request: NextRequest): Response | undefined {
  try {
    requireSameOrigin(request)
    return undefined
  } catch (error) {
    if (error instanceof AppError) return problem(error)
    throw error
  }
}

export const config = {
  // The API's and the static files' headers are the same for every request: see next.config.js.
  matcher: ['/((?!api/|_next/static/).*)'],
}
