import { prisma } from '@/lib/db/prisma'
import type { Viewer } from './viewer'

/** Names by user id, for lists that show whose a record is. Only an admin learns those of others. */
export async function namesOf(
  viewer: Viewer,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  return peopleOf(viewer.role === 'ADMIN' ? ids : ids.filter((id) => id === viewer.userId))
}

/** For an admin, the names of whose these records are, by id; nothing for those who see their own alone. */
export async function ownersOf(
  viewer: Viewer,
  records: readonly { ownerId: string | null }[],
): Promise<Map<string | null, string>> {
  return viewer.role === 'ADMIN' ? peopleOf(records.map(({ ownerId }) => ownerId)) : new Map()
}

/** Names by user id, of those who still have an account. */
export async function peopleOf(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const users = await prisma().user.findMany({
    where: { id: { in: wanted } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [id, name]))
}
