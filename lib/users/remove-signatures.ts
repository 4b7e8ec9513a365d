import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { removedBy } from '@/lib/jobs/removed-by'
import type { Person, Slice } from './removal-steps'

/** Entries of the audit log per slice; each stands for up to a thousand jobs. */
const ENTRIES = 5

/**
 * Takes an admin's name out of other people's jobs: those that they removed from a queue say by
 * whom. The audit log leads to them, since it was written when they were removed.
 */
export async function removeSignatures(person: Person, after: string | null): Promise<Slice> {
  const rows = await prisma().$queryRaw<{ id: string; jobs: number }[]>(Prisma.sql`
    WITH entries AS (
      SELECT id, at, "targetId" AS queue FROM "AuditEntry"
      WHERE "actorId" = ${person.id}::uuid AND action = 'queue.remove'
        AND id > ${after ?? lowestIdAt(new Date(0))}::uuid
      ORDER BY id LIMIT ${ENTRIES}
    ), jobs AS (
      UPDATE "Job" job
      SET error = jsonb_set(job.error, '{message}', to_jsonb(replace(job.error ->> 'message',
        ${removedBy(person.name)}, ${removedBy('an admin')})))
      FROM entries
      WHERE job."finishedAt" BETWEEN entries.at - interval '20 seconds' AND entries.at + interval '5 seconds'
        AND job.queue = entries.queue AND job.error ->> 'code' = 'removed'
      RETURNING job.id
    ), logs AS (
      UPDATE "JobLog" log
      SET message = replace(log.message, ${removedBy(person.name)}, ${removedBy('an admin')})
      FROM jobs WHERE log."jobId" = jobs.id
    )
    SELECT id, (SELECT count(*)::int FROM jobs) AS jobs FROM entries ORDER BY id`)
  return {
    done: rows[0]?.jobs ?? 0,
    next: rows.length === ENTRIES ? (rows.at(-1)?.id ?? null) : null,
  }
}
