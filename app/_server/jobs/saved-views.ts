import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import type { SavedView } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'

/** Most views of one person: all of them are tabs. */
const MOST = 20

const viewSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, { error: 'Give it a name' })
    .max(40, { error: 'Use at most 40 characters' })
    .refine((name) => !/\p{Cc}/u.test(name) && name.isWellFormed(), {
      error: 'Use one line of text',
    }),
  query: z.string().max(2_000, { error: 'This filter is too long to be kept' }),
})

/** The viewer's own views of the list of jobs, in the order in which they were saved. */
export function listViews(viewer: Viewer): Promise<SavedView[]> {
  const where = { ownerId: viewer.userId }
  return prisma().savedView.findMany({ where, orderBy: { id: 'asc' }, take: MOST })
}

/**
 * Keeps a filter under a name; what had the name before is replaced.
 * @throws {AppError} `invalid_input`; `conflict` for one more than a person may have
 */
export async function saveView(viewer: Viewer, input: z.input<typeof viewSchema>): Promise<void> {
  const { name, query } = parseInput(viewSchema, input)
  const ownerId = viewer.userId
  await transaction(async (tx) => {
    const kept = await tx.savedView.count({ where: { ownerId, name: { not: name } } })
    if (kept >= MOST) throw new AppError('conflict', `Delete a view first: ${MOST} are the most.`)
    await tx.savedView.upsert({
      where: { ownerId_name: { ownerId, name } },
      create: { id: uuidv7(), ownerId, name, query },
      update: { query },
    })
  })
}

/** Deletes one of the viewer's own views; one that is gone already is none to speak of. */
export async function deleteView(viewer: Viewer, name: string): Promise<void> {
  await prisma().savedView.deleteMany({ where: { ownerId: viewer.userId, name } })
}
