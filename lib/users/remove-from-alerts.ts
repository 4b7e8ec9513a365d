import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { removeJobs } from '@/lib/jobs/transitions/remove'
import type { Person, Slice } from './removal-steps'

/** Messages per slice. */
const NOTICES = 100

/** Stands where an address was. */
const NOBODY = 'a removed person'

/**
 * Takes somebody's address out of the channels that alerts are told by, and removes the mails that
 * told them; the history keeps that somebody was told.
 */
export async function removeFromAlerts({ email }: Person): Promise<Slice> {
  await prisma().$executeRaw(Prisma.sql`
    UPDATE "AlertChannel" SET recipients = array_remove(recipients, ${email})
    WHERE ${email} = ANY (recipients)`)
  const done = await transaction(async (tx) => {
    const notices = await tx.alertNotice.findMany({
      where: { receiver: email },
      take: NOTICES,
      select: { id: true, jobId: true },
    })
    const jobs = notices.flatMap(({ jobId }) => jobId ?? [])
    await removeJobs(tx, jobs, { open: true })
    await tx.alertNotice.updateMany({
      where: { id: { in: notices.map(({ id }) => id) } },
      data: { receiver: NOBODY, jobId: null },
    })
    return notices.length
  })
  return { done, next: done === NOTICES ? 'more' : null }
}
