import { pool } from '@/lib/db/pool'
import type { Histogram } from './histogram'
import { EVER, spans } from './spans'

/** All endings of one kind since the installation was made. */
export type JobTotal = {
  queue: string
  type: string
  /** `RETRYING`: an attempt ended and the job went on. */
  status: 'COMPLETED' | 'FAILED' | 'CANCELED' | 'RETRYING'
  count: number
  waits: Histogram
  waitSeconds: number
  runs: Histogram
  runSeconds: number
}

const TOTALS = `
SELECT queue, type, status, count::float8 AS count, waits, "waitSeconds", runs, "runSeconds"
FROM "Figure" WHERE span = ${EVER}
`

/** All endings of which everything has followed, by queue, type and what became of them. */
export async function readTotals(): Promise<JobTotal[]> {
  return (await pool().query<JobTotal>(TOTALS)).rows
}

const PRUNE = `DELETE FROM "Figure" WHERE ${spans
  .map(
    ({ seconds, keptDays }) =>
      `(span = ${seconds} AND start < now() - interval '${keptDays} days')`,
  )
  .join(' OR ')}`

/** Removes the figures of spans that have been kept long enough. @returns how many rows */
export async function pruneFigures(): Promise<number> {
  return (await pool().query(PRUNE)).rowCount ?? 0
}
