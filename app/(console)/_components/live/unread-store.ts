let count: number | undefined
const watchers = new Set<() => void>()

/** What the stream said last about how many notifications are unread; undefined: nothing yet. */
export function unreadCount(): number | undefined {
  return count
}

/** Keeps what the stream said; undefined forgets it, since a newer answer came otherwise. */
export function setUnreadCount(next: number | undefined): void {
  if (next === count) return
  count = next
  for (const watcher of watchers) watcher()
}

/** Calls `watcher` when the count changed; returns what ends that. */
export function watchUnread(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}
