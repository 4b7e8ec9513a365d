import { z } from 'zod'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import type { Prisma } from '@/lib/db/generated/client'
import { escapeLike } from '@/lib/db/like'
import type { Page } from '@/lib/db/page'
import { newestFirst, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { parseInput } from '@/lib/errors/parse-input'
import { stateFilter, userStates } from './state'

/** What the list of users may be narrowed to; the same names in its address. */
const userQuery = z.object({
  q: z
    .string()
    .max(200)
    .refine((value) => !value.includes('\0'))
    .optional(),
  role: z.enum(['user', 'admin']).optional(),
  state: z.enum(userStates).optional(),
  cursor: z.uuid().optional(),
})
export type UserQuery = z.output<typeof userQuery>

const listed = {
  id: true,
  name: true,
  email: true,
  role: true,
  disabledAt: true,
  removal: true,
  anonymizedAt: true,
  lastSignInAt: true,
  createdAt: true,
} as const satisfies Prisma.UserSelect

export type ListedUser = Prisma.UserGetPayload<{ select: typeof listed }>

/** Reads the list's query. @throws {AppError} `invalid_input` for what it cannot mean */
export function parseUserQuery(values: Record<string, string>): UserQuery {
  return parseInput(userQuery, values)
}

/** Users, those who joined last first. */
export async function listUsers(
  viewer: Viewer,
  { q, role, state, cursor }: UserQuery,
  limit: number,
): Promise<Page<ListedUser>> {
  requireAdminViewer(viewer)
  const found = q ? { contains: escapeLike(q), mode: 'insensitive' as const } : undefined
  const wanted: Prisma.UserWhereInput = {
    ...(found ? { OR: [{ name: found }, { email: found }] } : {}),
    ...(role ? { role: role === 'admin' ? 'ADMIN' : 'USER' } : {}),
    AND: state ? stateFilter(state) : {},
  }
  const rows = await prisma().user.findMany({
    ...newestFirst({ limit, cursor }, wanted),
    select: listed,
  })
  return pageById(rows, { limit })
}
