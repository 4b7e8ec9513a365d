import { pool } from '@/lib/db/pool'
import { kill } from '@/test/support/engine'
import { BOUNDS, type Cell, onBoth } from './cell'
import { enqueueProbe, enqueueProbes, untilEnded } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 90_000
const HOUR_MS = 3_600_000
const PRELOAD = new URL('clock-offset.mjs', import.meta.url).href

function workerWithClock(stage: Stage, offsetMs: number) {
  return stage.worker({
    NODE_OPTIONS: `--import=${PRELOAD}`,
    CLOCK_OFFSET_MS: String(offsetMs),
  })
}

/** Attempts that began before they were due, and the longest wait of one that was due. */
const PUNCTUALITY = `
WITH due AS (
  SELECT attempt."startedAt",
    CASE number WHEN 1 THEN job."runAt" ELSE lag(attempt."finishedAt") OVER w END AS due
  FROM "Attempt" attempt JOIN "Job" job ON job.id = attempt."jobId"
  WINDOW w AS (PARTITION BY attempt."jobId" ORDER BY attempt.number)
)
SELECT count(*) FILTER (WHERE "startedAt" < due)::int AS early,
  COALESCE(max(EXTRACT(EPOCH FROM "startedAt" - due) * 1000), 0)::float8 AS "latestMs"
FROM due
`

type Punctuality = { early: number; latestMs: number }

function wrongClock(name: string, words: string, offsetMs: number): Cell[] {
  return onBoth({
    name: `clock-${name}`,
    fault: `clock of one worker an hour ${words}`,
    boundMs: BOUNDS.workerDeath,
    async run(stage) {
      const wrong = await workerWithClock(stage, offsetMs)
      await enqueueProbes(stage, 30)
      // Retried and postponed by the worker whose clock is wrong, and left behind by it.
      for (let each = 0; each < 10; each++) {
        await enqueueProbe(stage, { failures: 1 })
        await enqueueProbe(stage, {}, { delayMs: 4_000 + 2_000 * each })
        await enqueueProbe(stage, { failures: 2, retryAfterMs: 8_000 })
      }
      await stage.worker()
      await enqueueProbes(stage, 30)
      await kill(wrong, 'SIGTERM')
      const ended = await untilEnded(LIMIT_MS)
      const { rows } = await pool().query<Punctuality>(PUNCTUALITY)
      const { early, latestMs } = rows[0] ?? { early: 0, latestMs: Number.POSITIVE_INFINITY }
      return {
        recoveryMs: latestMs,
        problems: [
          ...(ended ? [] : ['Not all jobs ended in time']),
          ...(early === 0 ? [] : [`${early} attempts began before they were due`]),
        ],
      }
    },
  })
}

/** Machines that do not agree on the time. */
export const clock: Cell[] = [
  ...wrongClock('ahead', 'ahead', HOUR_MS),
  ...wrongClock('behind', 'behind', -HOUR_MS),
]
