/** The jobs a report is about: one owner's, or everyone's (null), created from `from` until `to`. */
export type Scope = { ownerId: string | null; from: Date; to: Date }

/** `WHERE` for a scope's jobs, whose three parameters come first. */
export const IN_SCOPE = `($1::uuid IS NULL OR job."ownerId" = $1)
  AND job."createdAt" >= $2::timestamptz AND job."createdAt" < $3::timestamptz`

/** The parameters of `IN_SCOPE`. */
export function scopeValues({ ownerId, from, to }: Scope): unknown[] {
  return [ownerId, from, to]
}

/** From when a job was due until its first attempt began; null before. One run by hand may start early. */
export const WAIT_MS = milliseconds('job."startedAt" - job."runAt"')

/** From the start of the first attempt to the end of the last; null before. */
export const RUN_MS = milliseconds('job."finishedAt" - job."startedAt"')

/** `GREATEST` passes over null, which must stay null here. */
function milliseconds(interval: string): string {
  const length = `(EXTRACT(EPOCH FROM ${interval}) * 1000)::float8`
  return `CASE WHEN ${interval} IS NOT NULL THEN GREATEST(0, ${length}) END`
}
