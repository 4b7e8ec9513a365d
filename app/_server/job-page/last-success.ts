import { propertyOf } from '@/app/_server/forms/write'
import { type Job, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'

/** A success is looked for among so many jobs of the same type, the newest first. */
export const LOOK_BACK = 500
/** Of so many successes one of the same kind is preferred; their inputs may be large. */
const CANDIDATES = 50

/** The field of an input that tells kinds of a type apart. */
const kindField = new Map([
  ['email', 'template'],
  ['webhook', 'event'],
])

type Failed = Pick<Job, 'type' | 'ownerId' | 'input'>

/**
 * The last job of the same type and owner that completed, rather one of the same kind; undefined where none
 * of the newest did. It goes by indexes, and looks at `LOOK_BACK` jobs at most, however many there are.
 */
export async function lastSuccess(failed: Failed): Promise<Job | undefined> {
  const [success] = await prisma().$queryRaw<Job[]>(lastSuccessQuery(failed))
  return success
}

/**
 * Exported so that a test can look at its plan. Asked for `type = …` in the order of ids, PostgreSQL may
 * walk through everybody's jobs instead: this order has one index only.
 */
export function lastSuccessQuery({ type, ownerId, input }: Failed): Prisma.Sql {
  const owned = ownerId
    ? Prisma.sql`facts."ownerId" = ${ownerId}::uuid`
    : Prisma.sql`facts."ownerId" IS NULL`
  const field = kindField.get(type) ?? ''
  const kind = String(propertyOf(input, field) ?? '')
  return Prisma.sql`
    WITH newest AS (
      SELECT facts."jobId" FROM "JobFacts" facts
      WHERE ${owned} AND facts.type BETWEEN ${type} AND ${type}
      ORDER BY facts."ownerId", facts.type, facts."jobId" DESC LIMIT ${LOOK_BACK}
    ), completed AS (
      SELECT job.* FROM newest CROSS JOIN LATERAL (
        SELECT * FROM "Job" WHERE id = newest."jobId" AND "endedAs" = 'COMPLETED' OFFSET 0
      ) job ORDER BY job.id DESC LIMIT ${CANDIDATES}
    )
    SELECT * FROM completed
    ORDER BY COALESCE(input ->> ${field} = ${kind}, false) DESC, id DESC LIMIT 1`
}

/** How a job's latest attempt ran; the version of its worker is null once nothing is known of that. */
export type LatestAttempt = { id: string; ranMs: number | null; version: string | null }

/** The latest attempts of a few jobs. */
export function latestAttempts(ids: readonly string[]): Promise<LatestAttempt[]> {
  return prisma().$queryRaw<LatestAttempt[]>(Prisma.sql`
    SELECT job.id, worker.version,
      (EXTRACT(EPOCH FROM attempt."finishedAt" - attempt."startedAt") * 1000)::float8 AS "ranMs"
    FROM "Job" job JOIN "Attempt" attempt ON attempt."jobId" = job.id AND attempt.number = job.attempt
    LEFT JOIN "Worker" worker ON worker.id = attempt."workerId"
    WHERE job.id = ANY(${ids}::uuid[])`)
}
