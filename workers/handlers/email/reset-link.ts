import { validate as isUuid } from 'uuid'
import { resetUrl } from '@/lib/auth/reset-token'
import { prisma } from '@/lib/db/prisma'
import { permanentError } from '@/lib/jobs/job-error'
import type { Variables } from '@/lib/mail/variables'

/**
 * The link of a password reset, made from the id its job carries. It goes to the account's own
 * address only: whoever can write a job must not have somebody's link sent elsewhere.
 * @returns undefined when the job names no reset; the mail then says where to ask for one
 * @throws {JobError} permanent, when the link would not work (any more)
 */
export async function resetLink({
  to,
  variables,
}: {
  to: string
  variables: Variables
}): Promise<string | undefined> {
  const { resetId } = variables
  if (typeof resetId !== 'string' || !isUuid(resetId)) return undefined
  const reset = await prisma().passwordReset.findFirst({
    where: {
      id: resetId,
      usedAt: null,
      expiresAt: { gt: new Date() },
      user: { email: to.toLowerCase(), disabledAt: null },
    },
    select: { id: true },
  })
  if (!reset) {
    throw permanentError(
      'reset_link_over',
      'The link was used, replaced or has expired, so this mail was not sent.',
    )
  }
  return resetUrl(reset.id)
}
