import { invitationTag } from '@/lib/auth/invitation-links'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { removeJobs } from '@/lib/jobs/transitions/remove'
import type { Person, Slice } from './removal-steps'

/** Invitations per slice; nobody has many. */
const INVITATIONS = 100

/** Removes the invitations of somebody's address, and the mails that brought them. */
export async function removeInvitations({ email }: Person): Promise<Slice> {
  const invitations = await prisma().invitation.findMany({
    where: { email },
    take: INVITATIONS,
    select: { id: true },
  })
  const ids = invitations.map(({ id }) => id)
  if (ids.length === 0) return { done: 0, next: null }
  await transaction(async (tx) => {
    const mails = await tx.jobFacts.findMany({
      where: { tags: { hasSome: ids.map(invitationTag) }, type: 'email' },
      select: { jobId: true },
    })
    const jobs = mails.map(({ jobId }) => jobId)
    await removeJobs(tx, jobs, { open: true })
    await tx.invitation.deleteMany({ where: { id: { in: ids } } })
  })
  return { done: ids.length, next: ids.length === INVITATIONS ? 'more' : null }
}
