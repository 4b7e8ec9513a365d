import { pool } from '@/lib/db/pool'
import { definitions, inputVersionsOf } from '@/lib/jobs/catalog'

/** What time it is for schedules. */
export type Clock = () => Promise<Date>

/** The database's clock: the machines of workers may disagree about the time. */
export const databaseClock: Clock = async () => {
  const { rows } = await pool().query<{ now: Date }>('SELECT clock_timestamp() AS now')
  if (!rows[0]) throw new Error('The database told no time')
  return rows[0].now
}

/** How long what this program does not know is left to newer ones; less than makes a time missed. */
const PATIENCE = '30 seconds'

/** Names and numbers of the program's own. */
const VERSIONS = `'${JSON.stringify(inputVersionsOf(definitions))}'::jsonb`

/**
 * SQL: when this program fires a row of "Schedule": at its time, unless only newer programs know its job
 * type, or the version of its input. If none of those has fired it soon after, it is to be refused.
 */
export const FIRES_AT = `("nextFireAt" + CASE
  WHEN COALESCE((${VERSIONS} ->> type)::int, 0) >= "inputVersion" THEN interval '0'
  ELSE interval '${PATIENCE}' END)`

/** Schedules looked at; those that come first are left to newer programs at times. */
const LOOKED_AT = 100

const NEXT = `
SELECT min(${FIRES_AT}) AS next FROM (
  SELECT * FROM "Schedule" WHERE "nextFireAt" IS NOT NULL ORDER BY "nextFireAt" LIMIT ${LOOKED_AT}) AS first
`

/** Milliseconds until the next schedule is due, negative when one is overdue; null when none is. */
export async function untilNextDue(now: Clock): Promise<number | null> {
  const { rows } = await pool().query<{ next: Date | null }>(NEXT)
  const next = rows[0]?.next
  return next ? next.getTime() - (await now()).getTime() : null
}
