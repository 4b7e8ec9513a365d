import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'

/** Names, among the database's advisory locks, the making of rules and channels. */
const CREATION_LOCK = 7_242_004

type Kind = 'alert-rule' | 'alert-channel'
type Named = { id: string; name: string }

/** Writes down what an admin does with a rule or a channel. */
export function record(tx: Database, admin: Viewer, kind: Kind, what: string, on: Named) {
  const { id, name } = on
  return audit(tx, admin, `${kind}.${what}`, { type: kind, id }, { name })
}

/**
 * Does an admin's work on a rule or a channel that there is, and writes it down.
 * @param find throws when there is none
 */
export async function change<Row extends Named, T>(
  admin: Viewer,
  [kind, what]: [Kind, what: string],
  find: (tx: Database) => Promise<Row>,
  work: (tx: Database, row: Row) => Promise<T>,
): Promise<T> {
  requireAdminViewer(admin)
  return transaction(async (tx) => {
    const row = await find(tx)
    const result = await work(tx, row)
    await record(tx, admin, kind, what, row)
    return result
  })
}

/**
 * Serialises creations, so that two at once cannot pass a limit together.
 * @param nouns e.g. `rules`
 * @throws {AppError} `conflict` when there are so many already
 */
export async function requireRoom(
  tx: Database,
  most: number,
  nouns: string,
  count: () => Promise<number>,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CREATION_LOCK})`
  if ((await count()) < most) return
  throw new AppError('conflict', `There are ${most} ${nouns}. Delete one first.`)
}
