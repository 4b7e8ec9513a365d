import { AppError } from '@/lib/errors/app-error'
import { readTotals } from '@/lib/metrics/totals'
import { LimitPassed, withTimeLimit } from '@/lib/time/limit'
import { jobMetrics } from './jobs'
import { processMetrics } from './processes'
import { queueMetrics } from './queues'
import { textOf } from './text'
import { livingWorkers, repairMetrics, workerMetrics } from './workers'

/** Answers this young are given again, in milliseconds: a storm of scrapes costs one. */
const FRESH_MS = 1_000
/** Longest a scrape waits for PostgreSQL, in milliseconds; Prometheus itself waits 10 s. */
const LIMIT_MS = 4_000

let latest: { at: number; text: Promise<string> } | undefined

/**
 * All metrics, in Prometheus' text format.
 * @throws {AppError} `unavailable` when PostgreSQL does not answer in time
 */
export function scrape(): Promise<string> {
  if (!latest || Date.now() - latest.at > FRESH_MS) {
    const text = withTimeLimit(LIMIT_MS, collect).catch((error: unknown) => {
      if (!(error instanceof LimitPassed)) throw error
      throw new AppError('unavailable', 'The database does not answer. Scrape again later.')
    })
    latest = { at: Date.now(), text }
  }
  return latest.text
}

async function collect(): Promise<string> {
  const [totals, queues, workers, repairs] = await Promise.all([
    readTotals(),
    queueMetrics(),
    livingWorkers(),
    repairMetrics(),
  ])
  return textOf([
    ...jobMetrics(totals),
    ...queues,
    ...workerMetrics(workers),
    ...repairs,
    ...(await processMetrics(workers)),
  ])
}
