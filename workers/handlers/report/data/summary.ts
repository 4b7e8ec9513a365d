import { RAN_MS, WAITED_MS } from '@/lib/jobs/clock'
import type { Range } from '@/lib/reports/range'
import { type FailureGroup, groupFailures } from './failures'
import { type FigureRow, type Figures, figuresOf, noJobs } from './figures'
import { IN_SCOPE, type Scope, scopeValues } from './scope'
import { findSlowest, type SlowJob } from './slowest'
import type { Snapshot } from './snapshot'

/** Everything a report says but for the list of jobs; its size does not depend on theirs. */
export type Summary = {
  totals: Figures
  /** By job type, the one with most jobs first. */
  types: { type: string; figures: Figures }[]
  /** One per piece of the range, also where nothing happened. */
  periods: { range: Range; figures: Figures }[]
  slowest: SlowJob[]
  failures: FailureGroup[]
}

type Row = FigureRow & { type: string | null; piece: number | null }

/** Totals, types and periods in one pass; `piece` is the range's piece, counted from 1. */
const FIGURES = `
WITH jobs AS (
  SELECT job.type, job.status, width_bucket(job."createdAt", $4::timestamptz[]) AS piece,
    ${WAITED_MS} AS wait, ${RAN_MS} AS run
  FROM "Job" job WHERE ${IN_SCOPE}
)
SELECT type, piece, count(*)::int AS jobs,
  (count(*) FILTER (WHERE status = 'COMPLETED'))::int AS completed,
  (count(*) FILTER (WHERE status = 'FAILED'))::int AS failed,
  (count(*) FILTER (WHERE status = 'CANCELED'))::int AS canceled,
  percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY wait) AS waits,
  percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY run) AS runs
FROM jobs GROUP BY GROUPING SETS ((), (type), (piece))
ORDER BY jobs DESC, type`

/** Sums up a scope's jobs. @param pieces the scope's range, cut by its period */
export async function summarize(
  snapshot: Snapshot,
  scope: Scope,
  pieces: Range[],
): Promise<Summary> {
  const starts = pieces.map(({ from }) => from)
  const rows = await snapshot.rows<Row>(FIGURES, [...scopeValues(scope), starts])
  const byPiece = new Map(rows.map((row) => [row.piece, row]))
  const total = rows.find(({ type, piece }) => type === null && piece === null)
  return {
    totals: total ? figuresOf(total) : noJobs,
    types: rows.flatMap((row) =>
      row.type === null ? [] : [{ type: row.type, figures: figuresOf(row) }],
    ),
    periods: pieces.map((range, index) => {
      const row = byPiece.get(index + 1)
      return { range, figures: row ? figuresOf(row) : noJobs }
    }),
    slowest: await findSlowest(snapshot, scope),
    failures: await groupFailures(snapshot, scope),
  }
}
