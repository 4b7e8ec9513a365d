import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { type Histogram, mergeHistograms, percentile } from '@/lib/metrics/histogram'
import { type Period, periods, startsOf } from './periods'

type Row = {
  start: Date
  queue: string
  status: 'COMPLETED' | 'FAILED' | 'CANCELED'
  count: number
  waits: Histogram
  runs: Histogram
}

/** Median, and what 95 of 100 do not exceed, in milliseconds; null when there was nothing. */
type Times = { p50: number | null; p95: number | null }

/** What became of the jobs that ended in some time. */
export type Totals = {
  completed: number
  failed: number
  canceled: number
  /** Share of those completed or failed that failed, 0 to 1; null when there were none. */
  failureRate: number | null
  /** How long the last attempts waited for a worker. */
  wait: Times
  /** How long the last attempts ran. */
  run: Times
}

/** One span of time; `start` in milliseconds since 1970. */
type Point = Totals & { start: number }

export type Series = {
  points: Point[]
  totals: Totals
}

const ROWS = `
SELECT start, queue, status, count::int AS count, waits, runs FROM "Figure"
WHERE span = $1 AND start >= $2 AND status <> 'RETRYING'
`

/**
 * What became of jobs over a period: all of them, and those of each queue. From figures alone: it
 * costs the same however many jobs there are.
 */
export async function readSeries(
  admin: Viewer,
  period: Period,
  queues: readonly string[],
  now = Date.now(),
): Promise<{ all: Series; of: Map<string, Series>; none: Series }> {
  requireAdminViewer(admin)
  const starts = startsOf(period, now)
  const { rows } = await pool().query<Row>(ROWS, [periods[period].span, new Date(starts[0] ?? now)])
  const all = seriesOf(rows, starts)
  const each = queues.map((queue) => [queue, seriesOf(ofQueue(rows, queue), starts)] as const)
  return { all, of: new Map(each), none: seriesOf([], starts) }
}

function ofQueue(rows: Row[], queue: string): Row[] {
  return rows.filter((row) => row.queue === queue)
}

function seriesOf(rows: Row[], starts: number[]): Series {
  const byStart = new Map<number, Row[]>()
  for (const row of rows) {
    const start = row.start.getTime()
    byStart.set(start, [...(byStart.get(start) ?? []), row])
  }
  const points = starts.map((start) => ({ start, ...totalsOf(byStart.get(start) ?? []) }))
  return { points, totals: totalsOf(rows) }
}

function totalsOf(rows: Row[]): Totals {
  const countOf = (status: Row['status']) =>
    rows.reduce((total, row) => (row.status === status ? total + row.count : total), 0)
  const completed = countOf('COMPLETED')
  const failed = countOf('FAILED')
  return {
    completed,
    failed,
    canceled: countOf('CANCELED'),
    failureRate: completed + failed > 0 ? failed / (completed + failed) : null,
    wait: timesOf(rows.map(({ waits }) => waits)),
    run: timesOf(rows.map(({ runs }) => runs)),
  }
}

function timesOf(histograms: Histogram[]): Times {
  const all = mergeHistograms(histograms)
  return { p50: percentile(all, 0.5), p95: percentile(all, 0.95) }
}
