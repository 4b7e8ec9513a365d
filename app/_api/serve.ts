import { authenticate } from '@/app/_server/http/authenticate'
import { readJson } from '@/app/_server/http/read-json'
import { guarded } from '@/app/_server/http/route'
import { notFound } from '@/lib/errors/app-error'
import { parseQuery } from '@/lib/errors/parse-input'
import { addLogFields } from '@/lib/telemetry/context'
import { type Operation, Reply } from './operation'
import { operations } from './operations'

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']

const paths = new Set(operations.map(({ path }) => path))
const byCall = new Map(operations.map((each) => [`${each.method} ${each.path}`, each]))

/** Answers a request to the HTTP API by the operation that is declared for it. */
export async function serve(request: Request): Promise<Response> {
  const { method } = request
  const { path, id } = addressOf(new URL(request.url).pathname)
  const isKnown = paths.has(path)
  const operation = find(method, path)
  if (operation) return guarded(request, () => run(operation, request, id))
  if (method === 'OPTIONS') {
    const allow = METHODS.filter((each) => each === 'OPTIONS' || !isKnown || find(each, path))
    return new Response(null, { status: 204, headers: { allow: allow.join(', ') } })
  }
  if (isKnown) return new Response(null, { status: 405 })
  return guarded(request, () => Promise.reject(notFound('This address')))
}

/** `HEAD` is answered like `GET` where it has no operation of its own. */
function find(method: string, path: string): Operation | undefined {
  const operation = byCall.get(`${method} ${path}`)
  return operation ?? (method === 'HEAD' ? byCall.get(`GET ${path}`) : undefined)
}

/** The path as operations declare it, and the id in it. */
function addressOf(pathname: string): { path: string; id: string } {
  const [, collection, id, rest = ''] = /^(\/api\/v1\/[^/]+)\/([^/]+)(\/.*)?$/.exec(pathname) ?? []
  if (!id || paths.has(pathname)) return { path: pathname, id: '' }
  return { path: `${collection}/{id}${rest}`, id: decodeURIComponent(id) }
}

async function run(operation: Operation, request: Request, id: string): Promise<Response> {
  const { path, query, body, answers } = operation
  addLogFields({ route: path })
  const call = () => ({
    request,
    id,
    query: query ? parseQuery(query, new URL(request.url).searchParams) : {},
    async body() {
      if (!body) throw new Error(`${operation.id} declares no body`)
      return readJson(request, body.schema, body)
    },
  })
  // Nothing is said about a request's fields before it is known who sent it.
  const result =
    operation.scope === 'public'
      ? await operation.handle(call())
      : await operation.handle({ viewer: await authenticate(request, operation.scope), ...call() })
  if (result instanceof Response) return result
  const [only] = Object.keys(answers)
  const { status, body: content } =
    result instanceof Reply ? result : { status: Number(only), body: result }
  const location = answers[status]?.location?.(content)
  return Response.json(content, { status, ...(location ? { headers: { location } } : {}) })
}
