import { type Database, prisma } from './prisma'

type AfterCommit = () => void

const pending = new WeakMap<Database, AfterCommit[]>()

/** Longest a transaction may wait for a connection, and may take. */
const LIMITS = { maxWait: 5_000, timeout: 15_000 }

/**
 * Runs `work` in one transaction; callbacks given to `afterCommit` run once it is committed,
 * and never when it is rolled back.
 */
export async function transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
  const callbacks: AfterCommit[] = []
  const result = await prisma().$transaction((tx) => {
    pending.set(tx, callbacks)
    return work(tx)
  }, LIMITS)
  for (const callback of callbacks) callback()
  return result
}

/**
 * Runs `callback` after `tx` commits; at once for the client itself, whose statements each commit for
 * themselves. Of a transaction that `transaction()` did not open nobody can tell when it commits:
 * then it is never called.
 */
export function afterCommit(tx: Database, callback: AfterCommit): void {
  if (tx === prisma()) callback()
  else pending.get(tx)?.push(callback)
}
