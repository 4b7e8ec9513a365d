import { config } from '@/lib/config/config'
import { AppError } from '@/lib/errors/app-error'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a write that carries a session's cookie but was not sent by this app's own pages.
 * Browsers say where a request comes from and pages cannot forge it; what says nothing is refused.
 * @throws {AppError} `forbidden`
 */
export function requireSameOrigin(request: Request): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const siteAllows = site === null ? origin !== null : site === 'same-origin'
  const originAllows = origin === null || isOwnOrigin(request, origin)
  if (!siteAllows || !originAllows) {
    throw new AppError('forbidden', 'The request comes from another site. Use an API key instead.')
  }
}

/**
 * The address the operator named is the only one. Without one the app answers at any: a browser that
 * sends another site's cookie has asked for that host.
 */
function isOwnOrigin(request: Request, origin: string): boolean {
  const { appOrigin } = config()
  if (appOrigin) return origin === appOrigin
  return URL.canParse(origin) && new URL(origin).host === requestHost(request)
}

/** The host the browser asked for; a trusted proxy in front may have passed it on. */
function requestHost(request: Request): string {
  const forwarded = request.headers.get('x-forwarded-host')?.split(',')[0]?.trim()
  return (forwarded || request.headers.get('host') || new URL(request.url).host).toLowerCase()
}
