import { unstable_rethrow } from 'next/navigation'
import { isDatabaseAway } from '@/lib/db/away'
import { AppError } from '@/lib/errors/app-error'
import { logFields } from '@/lib/telemetry/context'
import { logger } from '@/lib/telemetry/logger'
import { internalProblem, problem } from './problem'

/** As nginx calls it: nobody reads the answer. */
const CLIENT_CLOSED_REQUEST = 499

type Context<Params> = { params: Promise<Params> }

/** A route handler as Next.js calls it. */
export type RouteHandler<Params> = (request: Request, context: Context<Params>) => Promise<Response>

/**
 * Wraps a route handler: what it throws becomes `application/problem+json`, and only what
 * people are meant to read leaves the server.
 * @example export const GET = route<{ id: string }>(async (request, { params }) => …)
 */
export function route<Params = Record<never, never>>(
  handler: RouteHandler<Params>,
): RouteHandler<Params> {
  return (request, context) => guarded(request, async () => handler(request, context))
}

/** What `work` answers, or the problem that it throws. */
export async function guarded(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return unstored(await work())
  } catch (error) {
    unstable_rethrow(error)
    return problemOf(error, request)
  }
}

/** What one person may read is kept by nobody on the way, unless the answer says otherwise. */
function unstored(response: Response): Response {
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}

function problemOf(error: unknown, request: Request): Response {
  if (error instanceof AppError) return problem(error)
  const { requestId = crypto.randomUUID() } = logFields()
  const where = { requestId, method: request.method, path: new URL(request.url).pathname }
  if (request.signal.aborted) {
    logger('http').info(where, 'the caller went away')
    return new Response(null, { status: CLIENT_CLOSED_REQUEST })
  }
  if (isDatabaseAway(error)) {
    logger('http').warn({ ...where, err: error }, 'the database is away')
    return problem(
      new AppError(
        'unavailable',
        'The database cannot be reached. Nothing was changed; try again.',
      ),
    )
  }
  logger('http').error({ ...where, err: error }, 'a request failed')
  return internalProblem(requestId)
}
