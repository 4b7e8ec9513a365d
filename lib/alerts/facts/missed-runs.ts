import type pg from 'pg'

/** A time at which a schedule made no job though it should have. */
export type MissedRun = { name: string; at: Date }

/** Later than this a schedule that is due is one that cannot be fired. */
const OVERDUE = '2 minutes'

const MISSED = `
(SELECT schedule.name, fire."recordedAt" AS at
 FROM "ScheduleFire" fire JOIN "Schedule" schedule ON schedule.id = fire."scheduleId"
 WHERE fire.outcome IN ('SKIPPED_MISSED', 'REFUSED')
   AND fire."recordedAt" > now() - interval '1 hour'
 ORDER BY fire."recordedAt" DESC LIMIT 1000)
UNION ALL
(SELECT name, now() FROM "Schedule"
 WHERE "nextFireAt" < now() - interval '${OVERDUE}' ORDER BY "nextFireAt" LIMIT 100)
`

/** Runs that were missed or refused within the last hour, and those that are overdue. */
export async function readMissedRuns(client: pg.PoolClient): Promise<MissedRun[]> {
  return (await client.query<MissedRun>(MISSED)).rows
}
