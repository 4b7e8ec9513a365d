/** The jobs a report is about: one owner's, or everyone's (null), created from `from` until `to`. */
export type Scope = { ownerId: string | null; from: Date; to: Date }

/** `WHERE` for a scope's jobs, whose three parameters come first. */
export const IN_SCOPE = `($1::uuid IS NULL OR job."ownerId" = $1)
  AND job."createdAt" >= $2::timestamptz AND job."createdAt" < $3::timestamptz`

/** The parameters of `IN_SCOPE`. */
export function scopeValues({ ownerId, from, to }: Scope): unknown[] {
  return [ownerId, from, to]
}
