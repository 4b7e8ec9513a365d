import type { Database } from '@/lib/db/prisma'

/** PostgreSQL channel that carries the ids of changed jobs, separated by commas. */
export const CHANGES_CHANNEL = 'millrace_jobs'

/** PostgreSQL channel that carries the ids of jobs whose running attempt is to stop. */
export const CANCEL_CHANNEL = 'millrace_cancel'

/** A payload may hold 8,000 bytes; an id takes 37. */
export const IDS_PER_NOTIFICATION = 200

/** Tells open pages, at the commit of `tx`, that these jobs changed. Hints only: ids, no data. */
export async function announce(tx: Database, ids: string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += IDS_PER_NOTIFICATION) {
    const payload = ids.slice(start, start + IDS_PER_NOTIFICATION).join(',')
    await tx.$executeRaw`SELECT pg_notify(${CHANGES_CHANNEL}, ${payload})`
  }
}
