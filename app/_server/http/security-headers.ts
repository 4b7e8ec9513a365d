/** Request header through which the proxy tells pages the nonce of their scripts. */
export const nonceHeader = 'x-nonce'

/**
 * The policy of one page. Styles may be inline because Mantine writes them into attributes;
 * scripts run only with the nonce, or when such a script loads them.
 */
export function contentSecurityPolicy(nonce: string, options: { development: boolean }): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${options.development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Two years; sent only where the app itself is reached over https. */
export const strictTransportSecurity = 'max-age=63072000'
