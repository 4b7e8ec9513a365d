import { distinctValues } from '@/lib/db/distinct'
import { type Database, prisma } from '@/lib/db/prisma'
import { type TerminalStatus, terminalStatuses } from '@/lib/jobs/status'
import { DEFAULT_DAYS, defaultDays, type RecordKind } from './defaults'

/** Null: for ever. */
export type Days = number | null

/** How long things are kept: what admins decided, and the defaults for all else. */
export type Retention = {
  /** Days after their end for which jobs of a type are kept that ended in a status. */
  jobs(type: string, status: TerminalStatus): Days
  /** Days for which records that are no jobs are kept. */
  records(kind: RecordKind): Days
}

export async function readRetention(db: Database = prisma()): Promise<Retention> {
  const jobs = await db.retentionSetting.findMany()
  const records = await db.recordRetentionSetting.findMany()
  const jobDays = new Map(jobs.map(({ type, status, days }) => [keyOf(type, status), days]))
  const recordDays = new Map(records.map((row) => [row.records, row.days]))
  return {
    jobs: (type, status) => either(jobDays.get(keyOf(type, status)), defaultDays(type)),
    records: (kind) => either(recordDays.get(kind), DEFAULT_DAYS),
  }
}

/** The moment before which something must have ended, or been made, to be removed; null: never. */
export function cutoffOf(days: Days, now: Date): Date | null {
  return days === null ? null : new Date(now.getTime() - days * 24 * 3600_000)
}

/** The jobs of a type that ended in a status before a moment. */
export type Expired = { type: string; status: TerminalStatus; cutoff: Date }

/** Which jobs of these types have been kept long enough; what is kept for ever is left out. */
export function expiredOf(types: readonly string[], retention: Retention, now: Date): Expired[] {
  return types.flatMap((type) =>
    terminalStatuses.flatMap((status) => {
      const cutoff = cutoffOf(retention.jobs(type, status), now)
      return cutoff ? { type, status, cutoff } : []
    }),
  )
}

/** The types that jobs have, also those this version no longer knows. */
export function jobTypesInUse(): Promise<string[]> {
  return distinctValues('JobFacts', 'type')
}

const keyOf = (type: string, status: string) => `${type}\n${status}`

/** Null is a decision; only what nobody decided takes the default. */
function either(decided: Days | undefined, otherwise: number): Days {
  return decided === undefined ? otherwise : decided
}
