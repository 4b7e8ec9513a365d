import { prisma } from '@/lib/db/prisma'

/** What stands for somebody whose account is gone; the log keeps no names of its own. */
export const DELETED_USER = 'Deleted user'

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
