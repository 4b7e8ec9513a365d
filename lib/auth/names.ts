import { prisma } from '@/lib/db/prisma'
import type { Viewer } from './viewer'

/** Names by user id, for lists that show whose a record is. Only an admin learns those of others. */
export async function namesOf(
  viewer: Viewer,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const known = ids.filter((id) => id !== null)
  const allowed = viewer.role === 'ADMIN' ? known : known.filter((id) => id === viewer.userId)
  if (allowed.length === 0) return new Map()
  const users = await prisma().user.findMany({
    where: { id: { in: [...new Set(allowed)] } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [id, name]))
}
