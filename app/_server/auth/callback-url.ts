/** Request header through which the proxy tells pages where they are, e.g. `/jobs?status=failed`. */
export const pathHeader = 'x-millrace-path'

/** Where to go after signing in: a path of this app, whatever was asked for. */
export function safeCallbackPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/'
  const base = 'http://app.invalid'
  if (!URL.canParse(value, base)) return '/'
  const url = new URL(value, base)
  // `/.//host` normalises to `//host`, which a browser takes for another site.
  if (url.origin !== base || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
