import type { AppError, AppErrorCode, FieldIssue } from '@/lib/errors/app-error'

type Kind = { status: number; title: string }

type Body = Kind & { detail: string; errors?: FieldIssue[]; requestId?: string }

const kinds: Record<AppErrorCode, Kind> = {
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  too_large: { status: 413, title: 'Too large' },
  invalid_input: { status: 422, title: 'Invalid input' },
  rate_limited: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
}

/** What `Retry-After` says where the error does not, in seconds. */
const DEFAULT_RETRY_AFTER = { rate_limited: 60, unavailable: 5 }

/** The RFC 9457 answer to an error that people are meant to read. */
export function problem(error: AppError): Response {
  const { status, title } = kinds[error.code]
  const { issues, retryAfterSeconds } = error.details
  const headers = new Headers()
  if (error.code === 'rate_limited' || error.code === 'unavailable') {
    headers.set('retry-after', String(retryAfterSeconds ?? DEFAULT_RETRY_AFTER[error.code]))
  }
  if (error.code === 'unauthenticated') headers.set('www-authenticate', 'Bearer realm="millrace"')
  const body = { title, status, detail: error.message, ...(issues ? { errors: issues } : {}) }
  return answer(error.code, body, headers)
}

/** The answer to a fault of ours: no details, only the id under which they are logged. */
export function internalProblem(requestId: string): Response {
  const detail = `Something went wrong on our side. It is logged as ${requestId}.`
  return answer('internal', { title: 'Internal error', status: 500, detail, requestId })
}

function answer(kind: string, body: Body, headers = new Headers()): Response {
  headers.set('content-type', 'application/problem+json')
  headers.set('cache-control', 'no-store')
  const type = `urn:millrace:problem:${kind.replaceAll('_', '-')}`
  return new Response(bounded({ type, ...body }), { status: body.status, headers })
}

/** Largest answer to an error: control characters in a client's own names are long when escaped. */
const MAX_CHARACTERS = 48 * 1024

/** As JSON, with as many of the errors as there is room for. */
function bounded(body: Body & { type: string }): string {
  const { errors = [], ...rest } = body
  let json = JSON.stringify(body)
  for (let left = errors.length; json.length > MAX_CHARACTERS && left > 0; ) {
    left = Math.floor(left / 2)
    json = JSON.stringify({ ...rest, errors: errors.slice(0, left) })
  }
  return json
}
