import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import type { Suppression } from '@/lib/db/generated/client'
import { SuppressionReason } from '@/lib/db/generated/enums'
import type { Page } from '@/lib/db/page'
import { pageOf } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { invalidInput, notFound } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { truncate } from '@/lib/format/truncate'
import { mailAddress } from '@/lib/mail/fields'

/** Most addresses added in one go. */
const MAX_ADDED = 1_000
const MAX_ISSUES = 20

/** What people read for each reason. */
export const reasonLabels: Record<SuppressionReason, string> = {
  BOUNCE: 'Bounced',
  OPT_OUT: 'Opted out',
  MANUAL: 'By hand',
}

const additionSchema = z.strictObject({
  emails: z.string().max(300_000, { error: 'Expected fewer addresses' }),
  reason: z.enum(SuppressionReason, { error: 'Choose a reason' }),
})

/** Addresses as they are compared: without case. */
export function suppressionKey(email: string): string {
  return email.trim().toLowerCase()
}

/**
 * The addresses the viewer's mail leaves out, in the order of the alphabet.
 * @param page.after the address the page before ended with
 * @param page.from begins at this address, or the first after it
 */
export async function listSuppressions(
  viewer: Viewer,
  { limit, after, from }: { limit: number; after?: string | undefined; from?: string | undefined },
): Promise<Page<Suppression>> {
  const rows = await prisma().suppression.findMany({
    where: {
      ownerId: viewer.userId,
      ...(after ? { email: { gt: suppressionKey(after) } } : {}),
      ...(from && !after ? { email: { gte: suppressionKey(from) } } : {}),
    },
    orderBy: { email: 'asc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, ({ email }) => email)
}

/**
 * Leaves addresses out of the viewer's mail from now on. Those that are on the list already take the
 * new reason.
 * @param input.emails separated by line breaks, spaces, commas or semicolons
 * @returns how many addresses that were
 * @throws {AppError} `invalid_input` naming each that is no address
 */
export async function addSuppressions(
  viewer: Viewer,
  input: { emails: string; reason: string },
): Promise<number> {
  const { emails, reason } = parseInput(additionSchema, input)
  const asked = [...new Set(emails.split(/[\s,;]+/).map(suppressionKey))].filter(Boolean)
  refuseBad(asked)
  const ownerId = viewer.userId
  await prisma().$transaction([
    prisma().suppression.createMany({
      data: asked.map((email) => ({ ownerId, email, reason })),
      skipDuplicates: true,
    }),
    prisma().suppression.updateMany({
      where: { ownerId, email: { in: asked } },
      data: { reason },
    }),
  ])
  return asked.length
}

function refuseBad(emails: string[]): void {
  const refuse = (message: string) => invalidInput([{ path: 'emails', message }])
  if (emails.length === 0) throw refuse('Expected at least one address')
  if (emails.length > MAX_ADDED) throw refuse(`Expected at most ${MAX_ADDED} addresses at once`)
  const bad = emails.filter((email) => !mailAddress.safeParse(email).success)
  if (bad.length > 0) {
    throw refuse(`No address: ${truncate(bad.slice(0, MAX_ISSUES).join(', '), 500)}`)
  }
}

/**
 * Mails an address again.
 * @throws {AppError} `not_found` when it is not on the viewer's list
 */
export async function removeSuppression(viewer: Viewer, email: string): Promise<void> {
  const { count } = await prisma().suppression.deleteMany({
    where: { ownerId: viewer.userId, email: suppressionKey(email) },
  })
  if (count === 0) throw notFound('This address')
}

/** Which of the addresses an owner's mail leaves out, in lower case. */
export async function suppressedAmong(
  ownerId: string,
  emails: readonly string[],
): Promise<Map<string, SuppressionReason>> {
  const rows = await prisma().suppression.findMany({
    where: { ownerId, email: { in: [...new Set(emails.map(suppressionKey))] } },
    select: { email: true, reason: true },
  })
  return new Map(rows.map(({ email, reason }) => [email, reason]))
}
