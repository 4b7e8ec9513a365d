import { pool } from '@/lib/db/pool'
import { POSTGRES_MARKER, readMarker, SOME_REDIS } from './marker'

/** SQL: workers that said within the last seconds that they live, and which queue they serve. */
export const LIVING_WORKERS = `
SELECT * FROM "Worker" WHERE "stoppedAt" IS NULL AND "queueMarker" IS NOT NULL
  AND "heartbeatAt" > now() - interval '16 seconds'
`

/** SQL: those of them that take jobs. */
export const TAKING_WORKERS = `${LIVING_WORKERS} AND "drainingAt" IS NULL`

/** SQL: whether a living worker certainly serves another queue than the one of this marker. */
export function servesAnother(marker: string): string {
  return `("queueMarker" <> ${marker} AND ('${POSTGRES_MARKER}' IN ("queueMarker", ${marker})
    OR '${SOME_REDIS}' NOT IN ("queueMarker", ${marker})))`
}

/**
 * SQL: whether a worker can run a job, by the column `types` of the one and `type` and `inputVersion` of
 * the other. What a worker of an older version knows is not known: it says nothing against it.
 */
export function knows(worker: string, job: string): string {
  return `(${worker}.types IS NULL OR COALESCE((${worker}.types ->> ${job}.type)::int, 0) >= ${job}."inputVersion")`
}

const MISMATCH = `
SELECT COALESCE(bool_and(${servesAnother('$1')}), false) AS mismatch FROM (${LIVING_WORKERS}) AS living
`

/** Whether all workers that live serve another queue than the one this process adds jobs to. */
export async function workersServeAnotherQueue(): Promise<boolean> {
  const marker = (await readMarker()) ?? SOME_REDIS
  const { rows } = await pool().query<{ mismatch: boolean }>(MISMATCH, [marker])
  return rows[0]?.mismatch ?? false
}
