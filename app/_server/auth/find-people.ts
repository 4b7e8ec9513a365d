import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { escapeLike } from '@/lib/db/like'
import { prisma } from '@/lib/db/prisma'

/** Most people a search shows. */
const MAX_FOUND = 8

export type Person = { id: string; name: string; email: string }

/**
 * People whose name or email holds a text, for an admin who looks for somebody's records.
 * @throws {AppError} `forbidden` for anyone else
 */
export function findPeople(viewer: Viewer, text: string): Promise<Person[]> {
  requireAdminViewer(viewer)
  const contains = { contains: escapeLike(text), mode: 'insensitive' } as const
  return prisma().user.findMany({
    where: { OR: [{ name: contains }, { email: contains }] },
    orderBy: { email: 'asc' },
    take: MAX_FOUND,
    select: { id: true, name: true, email: true },
  })
}
