import type { z } from 'zod'
import { type FieldIssue, invalidInput, MAX_ISSUES } from './app-error'

/**
 * The value a schema makes of an input.
 * @throws {AppError} `invalid_input` with a dotted path per issue
 */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalidInput(fieldIssues(parsed.error.issues))
}

/**
 * The value a schema makes of a query string; empty values count as absent.
 * @throws {AppError} `invalid_input` naming each parameter
 */
export function parseQuery<S extends z.ZodType>(schema: S, params: URLSearchParams): z.output<S> {
  const given = [...params].filter(([, value]) => value !== '')
  return parseInput(schema, Object.fromEntries(given))
}

/**
 * What a person or API client is told about a schema's issues, the first hundred of them; never the
 * values themselves.
 */
export function fieldIssues(
  issues: readonly z.core.$ZodIssue[],
  under: readonly PropertyKey[] = [],
): FieldIssue[] {
  const told = issues.slice(0, MAX_ISSUES).flatMap((issue) => {
    const path = [...under, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      const keys = issue.keys.slice(0, MAX_ISSUES)
      return keys.map((key) => ({ path: dotted([...path, key]), message: 'Unknown field' }))
    }
    const branch = issue.code === 'invalid_union' ? closestBranch(issue.errors) : undefined
    if (branch) return fieldIssues(branch, path)
    return [{ path: dotted(path), message: issue.message }]
  })
  return told.slice(0, MAX_ISSUES)
}

/** Of a union's branches, the one that came furthest: the fewest issues, then the deepest. */
function closestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  const depth = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce((deepest, { path }) => Math.max(deepest, path.length), 0)
  return [...branches]
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length || depth(b) - depth(a))[0]
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.')
}
