import { type InLine, noteStarted } from '@/lib/jobs/turn'

/** How often a worker notes the turns its lines are at, in milliseconds. */
const NOTE_MS = 100

/**
 * Notes the turn each line is at, of all jobs that start within a moment the last one's. What cannot be
 * noted is left out: those that start next say it as well.
 * @returns takes each job that starts
 */
export function createTurnNotes(): (started: InLine) => void {
  let latest = new Map<string, InLine>()

  function write(): void {
    const started = [...latest.values()]
    latest = new Map()
    noteStarted(started).catch(() => undefined)
  }

  return ({ queue, priority, turn }) => {
    const line = `${priority} ${queue}`
    if (turn <= (latest.get(line)?.turn ?? 0)) return
    if (latest.size === 0) setTimeout(write, NOTE_MS).unref()
    latest.set(line, { queue, priority, turn })
  }
}
