/** How long a link says that it was heard whose end is told by nothing: to this page, or to a file. */
const SHORTLY_MS = 600
const LONG_MS = 10_000

let under = 0
let endNavigation = () => {}
const listeners = new Set<() => void>()

function change(by: number): void {
  under += by
  for (const listener of listeners) listener()
}

/**
 * Says that the server was asked for something a person waits for.
 * @returns says that it has answered; calls after the first do nothing
 */
export function progressBegins(): () => void {
  let by = -1
  change(1)
  return () => {
    if (by) change(by)
    by = 0
  }
}

/** The way to another page begins; it ends with `navigationEnds`. */
export function navigationBegins(url: string): void {
  navigationEnds()
  endNavigation = progressBegins()
  const { pathname, search } = new URL(url, location.href)
  if (pathname === location.pathname && search === location.search) {
    setTimeout(endNavigation, SHORTLY_MS)
  }
}

/** The browser asks for another page itself, or for a file, with which this page stays. */
export function pageLeaves(): void {
  setTimeout(progressBegins(), LONG_MS)
}

/** The other page is there. */
export function navigationEnds(): void {
  endNavigation()
}

export function isUnderWay(): boolean {
  return under > 0
}

/** For `useSyncExternalStore`. */
export function followProgress(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
