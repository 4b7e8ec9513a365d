import type http from 'node:http'
import { problem } from '@/app/_server/http/problem'
import { sessionCookie } from '@/lib/auth/session-token'
import { AppError, invalidInput } from '@/lib/errors/app-error'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Largest body of somebody who shows neither session nor key: enough for any form there is for them. */
const ANONYMOUS_BYTES = 64 * 1024

/** Answers a request that makes no sense to anybody behind; false for every other. */
export async function refuseSenseless(
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<boolean> {
  const refusal = refusalOf(request)
  if (!refusal) return false
  response.writeHead(refusal.status, Object.fromEntries(refusal.headers))
  response.end(await refusal.text())
  return true
}

function refusalOf({ method = '', url = '', headers }: http.IncomingMessage): Response | undefined {
  if (!METHODS.includes(method)) {
    return new Response(null, { status: 405, headers: { allow: METHODS.join(', ') } })
  }
  if (!isDecodable(url.split('?')[0] ?? '')) {
    return problem(invalidInput([{ path: '', message: 'The address is not valid UTF-8' }]))
  }
  if (isAnonymous(headers) && isLarge(headers)) {
    const message = `Without a session or a key, a body has at most ${ANONYMOUS_BYTES} bytes, and says how many.`
    return problem(new AppError('too_large', message))
  }
  return undefined
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function isAnonymous({ authorization, cookie = '' }: http.IncomingHttpHeaders): boolean {
  return authorization === undefined && !cookie.includes(`${sessionCookie().name}=`)
}

function isLarge(headers: http.IncomingHttpHeaders): boolean {
  const unsaid = headers['transfer-encoding'] !== undefined
  return unsaid || Number(headers['content-length'] ?? 0) > ANONYMOUS_BYTES
}
