import { prisma } from '@/lib/db/prisma'
import { mailDigests } from './digest/figures'
import type { Task } from './task'

/** Mails people what their jobs did, slice by slice; whoever has this week's mail gets no other. */
export const digest: Task = async ({ signal, progress, log }) => {
  const now = new Date()
  const people = await prisma().user.count({ where: { disabledAt: null } })
  let seen = 0
  let mails = 0
  let after: string | null = null
  do {
    signal.throwIfAborted()
    const slice = await mailDigests(now, after)
    mails += slice.mails
    after = slice.next
    seen += slice.people
    progress(
      after ? Math.round((100 * seen) / people) : 100,
      `${mails.toLocaleString('en-US')} digests`,
    )
  } while (after)
  log(`Mailed digests: ${mails}`)
  return { mails }
}
