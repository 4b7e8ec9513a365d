import type { z } from 'zod'

/** A record has what a schema shows, with times as they are kept. */
type Kept<Shown> = { [Key in keyof Shown]: Shown[Key] | (string extends Shown[Key] ? Date : never) }

/** A record as a schema shows it: times in ISO 8601 UTC, and nothing that the schema does not name. */
export function shownAs<S extends z.ZodObject>(schema: S, record: Kept<z.output<S>>): z.output<S> {
  const values = Object.entries(record).map(([name, value]) => [
    name,
    value instanceof Date ? value.toISOString() : value,
  ])
  return schema.parse(Object.fromEntries(values))
}
