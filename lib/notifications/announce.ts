import { CHANGES_CHANNEL } from '@/lib/db/announce'
import type { Database } from '@/lib/db/prisma'
import { NOTICE_PREFIX } from './notice'

/** Tells open pages of a person, at the commit of `tx`, that their notifications changed. */
export async function announceNotices(tx: Database, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANGES_CHANNEL}, ${NOTICE_PREFIX + userId})`
}
