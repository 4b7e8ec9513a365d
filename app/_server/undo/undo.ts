/** How long people have for an Undo, in milliseconds. */
export const UNDO_MS = 8_000

/** What takes back something that was done, and to what. */
export type Undo = {
  what: 'cancel' | 'delete' | 'pause-queue' | 'resume-queue' | 'pause-jobs' | 'drain-worker'
  ids: readonly string[]
}
