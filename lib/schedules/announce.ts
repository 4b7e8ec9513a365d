import type { Database } from '@/lib/db/prisma'

/** PostgreSQL channel that says that a schedule's next time may be another. */
export const SCHEDULES_CHANNEL = 'millrace_schedules'

/** Wakes the schedulers at the commit of `tx`. */
export async function announceSchedule(tx: Database, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${SCHEDULES_CHANNEL}, ${id})`
}
