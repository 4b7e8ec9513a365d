import { namesOf } from '@/lib/access/names'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { pausesInForce } from './pause'
import { type DescribedPause, describePauses } from './words'

/** Held jobs are counted up to this; one more stands for any number above. */
export const HELD_UP_TO = 10_000

export type ListedPause = Omit<DescribedPause, 'createdById'> & {
  /** How many jobs it keeps out of their queues. What it would hold and no worker has met is not among them. */
  held: number
  /** Who made it; undefined for the command line, and for somebody who is gone. */
  by: string | undefined
}

/**
 * The pauses that are not over, with how many jobs each holds.
 * @throws {AppError} `forbidden` for anyone but an admin
 */
export async function listPauses(admin: Viewer): Promise<ListedPause[]> {
  requireAdminViewer(admin)
  const pauses = await pausesInForce()
  const [described, counts, names] = await Promise.all([
    describePauses(admin, pauses),
    countHeld(pauses.map(({ id }) => id)),
    namesOf(
      admin,
      pauses.map(({ createdById }) => createdById),
    ),
  ])
  return described.map(({ createdById, ...pause }) => ({
    ...pause,
    held: counts.get(pause.id) ?? 0,
    by: createdById ? names.get(createdById) : undefined,
  }))
}

async function countHeld(pauses: string[]): Promise<Map<string, number>> {
  if (pauses.length === 0) return new Map()
  const rows = await prisma().$queryRaw<{ id: string; count: number }[]>(Prisma.sql`
    SELECT pause.id, held.count FROM unnest(${pauses}::uuid[]) AS pause (id), LATERAL (
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM "PendingDispatch" WHERE "heldBy" = pause.id LIMIT ${HELD_UP_TO + 1}) AS looked
    ) AS held`)
  return new Map(rows.map(({ id, count }) => [id, count]))
}
