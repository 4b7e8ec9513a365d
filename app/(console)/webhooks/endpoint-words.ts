/** Where an endpoint leads, short enough to read: host and path. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { host, pathname } = new URL(url)
  return pathname === '/' ? host : `${host}${pathname}`
}

/** What an endpoint is for, in words. */
export function eventWords(eventTypes: readonly string[]): string {
  return eventTypes.length === 0 ? 'Every event' : eventTypes.join(', ')
}
