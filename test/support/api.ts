import { v7 as uuidv7 } from 'uuid'
import { createApiKey } from '@/lib/auth/api-keys'
import { prisma } from '@/lib/db/prisma'

export type ApiUser = { userId: string; key: string }

/** A user with an API key that may do all the user may. */
export async function createApiUser(role: 'USER' | 'ADMIN' = 'USER'): Promise<ApiUser> {
  const userId = uuidv7()
  await prisma().user.create({
    data: { id: userId, email: `${userId}@example.com`, name: 'Ann', role },
  })
  const { key } = await createApiKey({ userId, role }, { name: 'test' })
  return { userId, key }
}

type Options = { method?: string; body?: unknown; headers?: Record<string, string> }

/** A request as an API client sends it. */
export function apiRequest(
  path: string,
  user?: ApiUser,
  { method = 'GET', body, headers = {} }: Options = {},
): Request {
  return new Request(`http://localhost${path}`, {
    method,
    headers: {
      ...(user ? { authorization: `Bearer ${user.key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The second argument of a route handler. */
export function pathOf<Params>(params: Params): { params: Promise<Params> } {
  return { params: Promise.resolve(params) }
}
