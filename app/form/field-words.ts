import type { FieldIssue } from '@/lib/errors/app-error'
import type { Field } from '@/lib/forms/field'

/** What is said below a field's label. */
export function hintOf(field: Field): string | undefined {
  const how =
    field.kind === 'list'
      ? 'One to a line.'
      : field.kind === 'datetime'
        ? 'In UTC.'
        : field.kind === 'json'
          ? 'As JSON.'
          : undefined
  return [field.description, how].filter(Boolean).join(' ') || undefined
}

/** The message of a field itself. */
export function exact(issues: readonly FieldIssue[], name: string): string | undefined {
  return issues.find(({ path }) => path === name)?.message
}

/** The message of a field; one about a part of it names the part. */
export function messageOf(issues: readonly FieldIssue[], name: string): string | undefined {
  const inside = issues.find(({ path }) => path.startsWith(`${name}.`))
  return (
    exact(issues, name) ?? (inside && `${inside.path.slice(name.length + 1)}: ${inside.message}`)
  )
}
