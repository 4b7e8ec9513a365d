import type { JobSummary } from '@/lib/jobs/view'

/** What the stream said last about a job. */
export type LiveJob = JobSummary | 'gone'

type Listener = (id: string, job: LiveJob) => void

/**
 * An answer of the server that arrives this soon after a message may have been made before it: on a slow
 * machine or connection a page is on its way for seconds.
 */
const RACE_MS = 10_000
const MAX_ENTRIES = 500

const entries = new Map<string, { job: LiveJob; at: number }>()
const watchers = new Set<() => void>()
const listeners = new Set<Listener>()

/** Keeps what the stream said; everything that shows the job changes. */
export function receive(id: string, job: LiveJob): void {
  entries.delete(id)
  entries.set(id, { job, at: Date.now() })
  if (entries.size > MAX_ENTRIES) {
    for (const oldest of [...entries.keys()].slice(0, MAX_ENTRIES / 2)) entries.delete(oldest)
  }
  for (const watcher of watchers) watcher()
  for (const listener of listeners) listener(id, job)
}

export function latest(id: string): LiveJob | undefined {
  return entries.get(id)?.job
}

/** Forgets what was said about these jobs: it is not so after all. */
export function forget(ids: readonly string[]): void {
  for (const id of ids) entries.delete(id)
  for (const watcher of watchers) watcher()
}

/** Forgets what the stream said about these jobs before the server's present answer. */
export function settle(ids: readonly string[]): void {
  const before = Date.now() - RACE_MS
  let changed = false
  for (const id of ids) {
    const entry = entries.get(id)
    if (entry && entry.at < before) changed = entries.delete(id) || changed
  }
  if (changed) for (const watcher of watchers) watcher()
}

/** What the stream said while the present page may have been on its way. */
export function lately(): [id: string, job: LiveJob][] {
  const since = Date.now() - RACE_MS
  return [...entries].flatMap(([id, { job, at }]) => (at >= since ? [[id, job]] : []))
}

/** Calls `watcher` when anything changed; returns what ends that. */
export function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}

/** Calls `listener` with each message; returns what ends that. */
export function listen(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
