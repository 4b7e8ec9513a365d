/**
 * The address a request came from, for throttling. Behind a proxy this is the address the
 * nearest proxy saw: the last one it added, since a client may write any before it.
 */
export function clientAddress(headers: Headers): string {
  const forwarded = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
  return forwarded ? forwarded.replace(/^::ffff:/i, '').toLowerCase() : 'unknown'
}
