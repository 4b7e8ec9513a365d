import { prisma } from '@/lib/db/prisma'
import type { Catalog } from '@/lib/jobs/catalog'
import type { InputOf } from '@/lib/jobs/definition'
import { permanentError } from '@/lib/jobs/job-error'
import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { suppressionKey } from '@/lib/suppressions/list'

type Mail = { input: InputOf<Catalog['email']>; jobId: string; ownerId: string | null }

const why = {
  BOUNCE: 'mail to it bounced',
  OPT_OUT: 'its reader opted out',
  MANUAL: 'it was added by hand',
}

/**
 * Honours the owner's suppression list, but for what owners wish to be told about their own jobs:
 * that has a setting of its own.
 * @throws {JobError} permanent, `suppressed`
 */
export async function refuseSuppressed({ input, jobId, ownerId }: Mail): Promise<void> {
  if (!ownerId) return
  const email = suppressionKey(input.to)
  const entry = await prisma().suppression.findUnique({
    where: { ownerId_email: { ownerId, email } },
    select: { reason: true },
  })
  if (!entry || (input.template === 'notice' && (await isToldToOwner(jobId, email)))) return
  throw permanentError(
    'suppressed',
    `${email} is on your suppression list (${why[entry.reason]}), so this mail was not sent.`,
  )
}

async function isToldToOwner(jobId: string, email: string): Promise<boolean> {
  const job = await prisma().job.findFirst({
    where: { id: jobId, tags: { has: NOTIFICATION_TAG }, owner: { email } },
    select: { id: true },
  })
  return job !== null
}
