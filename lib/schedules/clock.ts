import { pool } from '@/lib/db/pool'
import { FIRES_AT } from './known'

/** What time it is for schedules. */
export type Clock = () => Promise<Date>

/** The database's clock: the machines of workers may disagree about the time. */
export const databaseClock: Clock = async () => {
  const { rows } = await pool().query<{ now: Date }>('SELECT clock_timestamp() AS now')
  if (!rows[0]) throw new Error('The database told no time')
  return rows[0].now
}

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
