/** SQL for how long a started job waited for its first attempt, in milliseconds; one run by hand may start early. */
export const WAITED = `GREATEST(0, EXTRACT(EPOCH FROM "startedAt" - GREATEST("createdAt", "runAt")) * 1000)::float8`

/** SQL for how long a started and ended job took from its first attempt to its end, in milliseconds. */
export const RAN = `GREATEST(0, EXTRACT(EPOCH FROM "finishedAt" - "startedAt") * 1000)::float8`
