import { v7 as uuidv7 } from 'uuid'
import { serve } from '@/app/_api/serve'
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

type Options = { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal }

/**
 * The answer to an API client's request, without a web server between.
 * @param call as in `POST /api/v1/jobs`
 */
export function callApi(call: string, user?: ApiUser, options: Options = {}): Promise<Response> {
  return serve(apiRequest(call, user, options))
}

/** A request as an API client sends it. */
export function apiRequest(
  call: string,
  user?: ApiUser,
  { body, headers = {}, signal }: Options = {},
): Request {
  const [method = '', path = ''] = call.split(' ')
  return new Request(`http://localhost${path}`, {
    method,
    headers: {
      ...(user ? { authorization: `Bearer ${user.key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
}
