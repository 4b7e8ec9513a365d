import type { LogLevel } from '@/lib/db/generated/enums'
import { storableJson, storableText } from '@/lib/db/json'
import { pool } from '@/lib/db/pool'
import { CHANGES_CHANNEL } from '@/lib/jobs/announce'
import { logger } from '@/lib/log/logger'
import { redactText } from '@/lib/log/redact'
import { holds } from './fence'

type Held = { jobId: string; attempt: number; token: string }
type Line = Held & { level: LogLevel; message: string; at: Date }
type Progress = Held & { percent: number; message: string | undefined }

/** How often progress and log lines are written, in milliseconds. */
const FLUSH_MS = 250
/** Lines one attempt may log; further ones are left out, and the log says so. */
const MAX_LINES = 1_000
/** Longest line, in characters. */
const MAX_LINE_LENGTH = 4_000
/** Lines kept in memory while PostgreSQL is away; the oldest go first. */
const MAX_WAITING = 10_000

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

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setTimeout(() => {
      scheduled = false
      flush().catch((error: unknown) => {
        logger('journal').warn({ err: error }, 'Progress and log lines wait for PostgreSQL')
        schedule()
      })
    }, FLUSH_MS)
  }

  /** Writes what waits. @throws what PostgreSQL throws; nothing is lost by that */
  function flush(): Promise<void> {
    const next = writing.catch(() => undefined).then(write)
    writing = next
    return next
  }

  async function write(): Promise<void> {
    if (lines.length === 0 && progress.size === 0) return
    const written = lines
    const shown = [...progress.values()]
    lines = []
    progress.clear()
    try {
      await pool().query(WRITE, parameters(shown, written))
    } catch (error) {
      lines = [...written, ...lines].slice(-MAX_WAITING)
      for (const item of shown) if (!progress.has(item.token)) progress.set(item.token, item)
      throw error
    }
  }

  return {
    /** Shows how far an attempt is; only the latest value of a quarter second is written. */
    progress(held: Held, percent: number, message?: string): void {
      const bounded = Math.min(100, Math.max(0, Math.round(percent * 10) / 10))
      progress.set(held.token, { ...held, percent: bounded, message })
      schedule()
    },

    /** Adds a line to the job's log. */
    log(held: Held, message: string, level: LogLevel = 'INFO'): void {
      const count = (counts.get(held.token) ?? 0) + 1
      counts.set(held.token, count)
      if (count > MAX_LINES) return
      const text =
        count === MAX_LINES ? 'Further lines of this attempt were left out.' : cut(message)
      lines.push({ ...held, level, message: redactText(storableText(text)), at: new Date() })
      schedule()
    },

    /** Writes an attempt's last lines, and forgets it. */
    async close(held: Held): Promise<void> {
      progress.delete(held.token)
      counts.delete(held.token)
      if (lines.some(({ token }) => token === held.token)) await flush()
    },

    flush,
  }
}

export type Journal = ReturnType<typeof createJournal>

function cut(message: string): string {
  return message.length > MAX_LINE_LENGTH ? `${message.slice(0, MAX_LINE_LENGTH)}…` : message
}

function parameters(shown: Progress[], lines: Line[]): unknown[] {
  return [
    shown.map(({ jobId }) => jobId),
    shown.map(({ attempt }) => attempt),
    shown.map(({ token }) => token),
    shown.map(({ percent, message }) => storableJson({ percent, message })),
    lines.map(({ jobId }) => jobId),
    lines.map(({ attempt }) => attempt),
    lines.map(({ level }) => level),
    lines.map(({ message }) => message),
    lines.map(({ at }) => at),
  ]
}
