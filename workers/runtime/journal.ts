import { CHANGES_CHANNEL } from '@/lib/db/announce'
import type { LogLevel } from '@/lib/db/generated/enums'
import { pool } from '@/lib/db/pool'
import { isRefusal } from '@/lib/db/refusal'
import { textOf } from '@/lib/errors/thrown'
import { holds } from '@/lib/jobs/transitions/fence'
import { logger } from '@/lib/telemetry/logger'
import { redactExcerpt } from '@/lib/text/redact'
import { splitRefused } from './split'

type Held = { jobId: string; attempt: number; token: string }
type Line = Held & { kind: 'line'; level: LogLevel; message: string; at: Date }
type Progress = Held & { kind: 'progress'; percent: number; message?: string }
type Item = Line | Progress

/** How often progress and log lines are written, in milliseconds. */
const FLUSH_MS = 250
/** Lines one attempt may log; further ones are left out, and the log says so. */
const MAX_LINES = 1_000
/** Longest line, and longest words beside a progress, in characters. */
const MAX_LINE_LENGTH = 4_000
const MAX_WORDS_LENGTH = 500
/** Lines kept in memory while PostgreSQL is away; the oldest go first. */
const MAX_WAITING = 10_000

const WAITS = 'Progress and log lines wait for PostgreSQL'

const WRITE = `
WITH progress AS (
  UPDATE "Job" job SET progress = p.progress::jsonb
  FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[]) AS p(id, attempt, token, progress)
  WHERE ${holds('p')}
  RETURNING job.id
), lines AS (
  INSERT INTO "JobLog" ("jobId", attempt, level, message, at)
  SELECT l.id, l.attempt, l.level::"LogLevel", l.message, l.at
  FROM unnest($5::uuid[], $6::int[], $7::text[], $8::text[], $9::timestamptz[])
    WITH ORDINALITY AS l(id, attempt, level, message, at, place)
  WHERE EXISTS (SELECT 1 FROM "Job" WHERE "Job".id = l.id)
  ORDER BY l.place
  RETURNING "jobId" AS id
)
SELECT pg_notify('${CHANGES_CHANNEL}', string_agg(id::text, ','))
FROM (SELECT id FROM progress UNION SELECT id FROM lines LIMIT 200) changed
HAVING count(*) > 0
`

/** Writes the progress and the log lines of this worker's attempts, a quarter second's worth at once. */
export function createJournal() {
  let lines: Line[] = []
  const progress = new Map<string, Progress>()
  const counts = new Map<string, number>()
  let scheduled = false
  let writing: Promise<void> = Promise.resolve()
  let waits = false

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setTimeout(() => {
      scheduled = false
      flush().then(
        () => {
          waits = false
        },
        (error: unknown) => {
          if (!waits) logger('journal').warn({ err: error }, WAITS)
          waits = true
          schedule()
        },
      )
    }, FLUSH_MS)
  }

  /**
   * Writes what waits, but for what PostgreSQL refuses.
   * @throws when it does not answer; nothing is lost by that
   */
  function flush(): Promise<void> {
    const next = writing.catch(() => undefined).then(write)
    writing = next
    return next
  }

  async function write(): Promise<void> {
    if (lines.length === 0 && progress.size === 0) return
    const waiting = [...progress.values(), ...lines]
    lines = []
    progress.clear()
    const left: Item[] = []
    let trouble: unknown
    await splitRefused(waiting, insert, (items, error) => {
      if (isRefusal(error)) {
        const { jobId, kind } = items[0] ?? {}
        logger('journal').error({ err: error, jobId, kind }, 'PostgreSQL refused what a job said')
      } else {
        left.push(...items)
        trouble = error
      }
    })
    if (left.length === 0) return
    putBack(left)
    throw trouble
  }

  function putBack(items: Item[]): void {
    lines = [...items.filter(isLine), ...lines].slice(-MAX_WAITING)
    for (const item of items) {
      if (!isLine(item) && !progress.has(item.token)) progress.set(item.token, item)
    }
  }

  return {
    /**
     * Shows how far an attempt is; only the latest value of a quarter second is written. Handlers may
     * say anything: what is no number says nothing.
     */
    progress(held: Held, percent: unknown, message?: unknown): void {
      if (typeof percent !== 'number' || !Number.isFinite(percent)) return
      const bounded = Math.min(100, Math.max(0, Math.round(percent * 10) / 10))
      const words = message === undefined ? {} : { message: shown(message, MAX_WORDS_LENGTH) }
      progress.set(held.token, { ...held, kind: 'progress', percent: bounded, ...words })
      schedule()
    },

    /** Adds a line to the job's log; what is no text is put in words. */
    log(held: Held, message: unknown, level: LogLevel = 'INFO'): void {
      const count = (counts.get(held.token) ?? 0) + 1
      counts.set(held.token, count)
      if (count > MAX_LINES) return
      const text = count === MAX_LINES ? 'Further lines of this attempt were left out.' : message
      const line = shown(text, MAX_LINE_LENGTH)
      lines.push({ ...held, kind: 'line', level, message: line, at: new Date() })
      schedule()
    },

    /** Forgets an attempt; true when lines of it are still to be written, by `flush`. */
    close(held: Held): boolean {
      progress.delete(held.token)
      return counts.delete(held.token) && lines.some(({ token }) => token === held.token)
    },

    flush,
  }
}

export type Journal = ReturnType<typeof createJournal>

function isLine(item: Item): item is Line {
  return item.kind === 'line'
}

function shown(value: unknown, limit: number): string {
  const text = textOf(value)
  return text.length > limit ? `${redactExcerpt(text, limit)}…` : redactExcerpt(text, limit)
}

async function insert(items: Item[]): Promise<void> {
  const lines = items.filter(isLine)
  const progress = items.filter((item) => !isLine(item))
  await pool().query(WRITE, [
    progress.map(({ jobId }) => jobId),
    progress.map(({ attempt }) => attempt),
    progress.map(({ token }) => token),
    progress.map(({ percent, message }) => JSON.stringify({ percent, message })),
    lines.map(({ jobId }) => jobId),
    lines.map(({ attempt }) => attempt),
    lines.map(({ level }) => level),
    lines.map(({ message }) => message),
    lines.map(({ at }) => at),
  ])
}
