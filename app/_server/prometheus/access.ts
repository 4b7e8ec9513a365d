import { config } from '@/lib/config/config'
import { AppError } from '@/lib/errors/app-error'
import { isSameSecret } from '@/lib/secrets/sign'

/**
 * Lets a scrape pass that sends `METRICS_TOKEN`.
 * @throws {AppError} `not_found` while no token is configured, since then nobody may; `unauthenticated`
 */
export function requireMetricsToken(request: Request): void {
  const { metricsToken } = config()
  if (!metricsToken) {
    throw new AppError(
      'not_found',
      'Metrics are switched off. Set METRICS_TOKEN, and send it as a bearer token.',
    )
  }
  const sent = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  if (!isSameSecret(sent, metricsToken)) {
    throw new AppError('unauthenticated', 'Send METRICS_TOKEN as a bearer token.')
  }
}
