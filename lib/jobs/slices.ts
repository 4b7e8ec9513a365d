import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'

/** Most jobs changed in one transaction: their rows stay locked until it ends. */
export const SLICE = 1_000

/**
 * Changes many jobs slice by slice, each in a transaction of its own.
 * @param next the next ids, `after` being the last one before; fewer than `SLICE` are the last
 * @param change answers how many it changed
 * @returns how many were changed in all
 */
export async function inSlices(
  next: (after: string | null) => Promise<string[]>,
  change: (tx: Database, ids: string[]) => Promise<number>,
): Promise<number> {
  let changed = 0
  let after: string | null = null
  do {
    const ids: string[] = await next(after)
    if (ids.length > 0) changed += await transaction((tx) => change(tx, ids))
    after = ids.length === SLICE ? (ids.at(-1) ?? null) : null
  } while (after)
  return changed
}
