import { invitationTag } from '@/lib/auth/invitation-links'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { removeJobs } from '@/lib/jobs/transitions/remove'
import type { Person, Slice } from './removal-steps'

/** Invitations, or alerts' messages, per slice. */
const MAILED = 100

/** Stands where an address was. */
const NOBODY = 'a removed person'

/** Removes the invitations of somebody's address, and the mails that brought them. */
export async function removeInvitations({ email }: Person): Promise<Slice> {
  return transaction(async (tx) => {
    const invitations = await tx.invitation.findMany({
      where: { email },
      take: MAILED,
      select: { id: true },
    })
    const ids = invitations.map(({ id }) => id)
    const mails = await tx.jobFacts.findMany({
      where: { tags: { hasSome: ids.map(invitationTag) }, type: 'email' },
      select: { jobId: true },
    })
    const jobs = mails.map(({ jobId }) => jobId)
    await removeJobs(tx, jobs, { open: true })
    await tx.invitation.deleteMany({ where: { id: { in: ids } } })
    return { done: ids.length, next: ids.length === MAILED ? 'more' : null }
  })
}

/**
 * Takes somebody's address out of the channels that alerts are told by, and removes the mails that
 * told them; the history keeps that somebody was told.
 */
export async function removeFromAlerts({ email }: Person): Promise<Slice> {
  await prisma().$executeRaw`
    UPDATE "AlertChannel" SET recipients = array_remove(recipients, ${email})
    WHERE ${email} = ANY (recipients)`
  return transaction(async (tx) => {
    const notices = await tx.alertNotice.findMany({
      where: { receiver: email },
      take: MAILED,
      select: { id: true, jobId: true },
    })
    const jobs = notices.flatMap(({ jobId }) => jobId ?? [])
    await removeJobs(tx, jobs, { open: true })
    await tx.alertNotice.updateMany({
      where: { id: { in: notices.map(({ id }) => id) } },
      data: { receiver: NOBODY, jobId: null },
    })
    return { done: notices.length, next: notices.length === MAILED ? 'more' : null }
  })
}
