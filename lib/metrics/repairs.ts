import { pool } from '@/lib/db/pool'

/** What was found not to be as it should, and put right. */
export const repairKinds = {
  entry_missing: 'Dispatched, but unknown to the queue: handed over again',
  entry_surplus: 'Ended, but still in the queue: removed there',
  queue_lost: 'Handed over again because the queue lost its contents or is another one',
  worker_lost: 'Running with no living worker: given the next attempt, or ended',
} as const

export type RepairKind = keyof typeof repairKinds

/**
 * SQL that counts repairs, as part of the statement that makes them.
 * @param number a SELECT of how many
 */
export function repairsOf(kind: RepairKind, number: string): string {
  return `
  INSERT INTO "RepairTotal" (kind, count)
  SELECT '${kind}', number FROM (${number}) AS made (number) WHERE number > 0
  ON CONFLICT (kind) DO UPDATE SET count = "RepairTotal".count + excluded.count`
}

/** Counts repairs that were made. */
export async function countRepairs(kind: RepairKind, number: number): Promise<void> {
  if (number > 0) await pool().query(repairsOf(kind, 'SELECT $1::bigint'), [number])
}
