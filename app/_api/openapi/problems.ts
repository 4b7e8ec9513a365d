import { z } from 'zod'
import type { Operation } from '../operation'

/** RFC 9457, as every error is answered. */
export const problemSchema = z
  .object({
    type: z.string().meta({ examples: ['urn:millrace:problem:invalid-input'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened and what to do, for people.' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .exactOptional()
      .meta({ description: 'One entry per invalid field, e.g. `input.to`.' }),
    requestId: z
      .string()
      .exactOptional()
      .meta({ description: 'The id under which a fault of ours is logged.' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' })

/** Statuses that `Retry-After` comes with. */
export const retried = [429, 503]

/** When a call answers which error: what it declares, and what follows from its scope, path and body. */
export function problemsOf(operation: Operation): Record<number, string> {
  const { scope, path, body, query, errors } = operation
  const problems: Record<number, string> = {}
  if (scope !== 'public') {
    problems[401] = 'No credentials, or an API key that is unknown, expired or revoked.'
    problems[403] = `The API key lacks the scope ${scope}, or the request comes from another site.`
    problems[429] = 'Too many requests; `Retry-After` says when to try again.'
  }
  if (path.includes('{')) problems[404] = 'Nothing has this id, or it is someone else’s.'
  if (body) problems[413] = 'The body is too large.'
  if (body || query) problems[422] = 'Invalid input; `errors` names each field.'
  problems[503] = 'The database cannot be reached; nothing was changed.'
  return { ...problems, ...errors }
}
