import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { definitions } from '@/lib/jobs/catalog'
import { REDACTED } from '@/lib/jobs/redacted'
import { SLICE } from '@/lib/retention/slice'
import type { Person, Slice } from './removal-steps'

const labels = () =>
  JSON.stringify(Object.fromEntries(definitions.map(({ type, label }) => [type, label])))

/** What stands where an error said something. */
const REMOVED = 'What went wrong was removed with the account.'

/**
 * Leaves of somebody's jobs what figures are made of: type, status, times and attempts. Those that
 * are done already say so by their `inputHash`.
 */
export async function anonymizeJobs({ id }: Person, after: string | null): Promise<Slice> {
  const error = (column: Prisma.Sql) => Prisma.sql`CASE WHEN ${column} IS NOT NULL THEN
    jsonb_build_object('name', 'Removed', 'message', ${REMOVED}::text) END`
  const rows = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    WITH slice AS (
      SELECT id FROM "Job" WHERE "ownerId" = ${id}::uuid AND "inputHash" <> ${REDACTED}
        AND id > ${after ?? lowestIdAt(new Date(0))}::uuid
      ORDER BY id LIMIT ${SLICE}
    ), logs AS (
      DELETE FROM "JobLog" WHERE "jobId" IN (SELECT id FROM slice)
    ), attempts AS (
      UPDATE "Attempt" SET error = ${error(Prisma.sql`error`)}
      WHERE "jobId" IN (SELECT id FROM slice) AND error IS NOT NULL
    ), facts AS (
      UPDATE "JobFacts" SET tags = '{}', text = '' WHERE "jobId" IN (SELECT id FROM slice)
    )
    UPDATE "Job" job SET
      title = COALESCE(${labels()}::jsonb ->> job.type, job.type), input = '{}', result = NULL,
      error = ${error(Prisma.sql`job.error`)}, progress = NULL, tags = '{}',
      "idempotencyKey" = NULL, "dedupeKey" = NULL, "inputHash" = ${REDACTED}
    FROM slice WHERE job.id = slice.id RETURNING job.id`)
  return sliceOf(rows)
}

/** Leaves of somebody's batches how many jobs of what type they were. */
export async function anonymizeBatches({ id }: Person, after: string | null): Promise<Slice> {
  const rows = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
    UPDATE "Batch" batch SET title = COALESCE(${labels()}::jsonb ->> batch.type, batch.type)
    FROM (
      SELECT id FROM "Batch" WHERE "ownerId" = ${id}::uuid
        AND id > ${after ?? lowestIdAt(new Date(0))}::uuid
      ORDER BY id LIMIT ${SLICE}
    ) slice WHERE batch.id = slice.id RETURNING batch.id`)
  return sliceOf(rows)
}

function sliceOf(rows: { id: string }[]): Slice {
  const ids = rows.map(({ id }) => id).sort()
  return { done: ids.length, next: ids.length === SLICE ? (ids.at(-1) ?? null) : null }
}
