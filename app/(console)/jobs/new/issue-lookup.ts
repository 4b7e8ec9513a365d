import type { FieldIssue } from '@/lib/errors/app-error'

/** Finds the message of a field; an issue deeper inside belongs to it too unless `exact`. */
export function issueLookup(issues: readonly FieldIssue[]) {
  return (path: string, exact = false): string | undefined =>
    issues.find((issue) => issue.path === path || (!exact && issue.path.startsWith(`${path}.`)))
      ?.message
}
