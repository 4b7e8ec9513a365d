/** A worker that stopped answering without a word. */
export type LostWorker = { host: string; pid: number; queues: string[]; lostAt: Date }

/** Workers that were given up within the last hour, and have not come back. */
export const LOST_WORKERS = `
SELECT host, pid, queues, "lostAt" FROM "Worker"
WHERE "lostAt" > now() - interval '1 hour' ORDER BY "lostAt" DESC LIMIT 100
`

/** A time at which a schedule made no job though it should have. */
export type MissedRun = { name: string; at: Date }

/** Later than this a schedule that is due is one that cannot be fired. */
const OVERDUE = '2 minutes'

/** Runs that were missed or refused within the last hour, and those that are overdue. */
export const MISSED_RUNS = `
(SELECT schedule.name, fire."recordedAt" AS at
 FROM "ScheduleFire" fire JOIN "Schedule" schedule ON schedule.id = fire."scheduleId"
 WHERE fire.outcome IN ('SKIPPED_MISSED', 'REFUSED')
   AND fire."recordedAt" > now() - interval '1 hour'
 ORDER BY fire."recordedAt" DESC LIMIT 1000)
UNION ALL
(SELECT name, now() FROM "Schedule"
 WHERE "nextFireAt" < now() - interval '${OVERDUE}' ORDER BY "nextFireAt" LIMIT 100)
`
