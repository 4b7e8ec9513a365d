import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { removedFrom } from '@/lib/jobs/queue-entries'
import { SLICE } from '@/lib/retention/slice'
import type { Person, Slice } from './removal-steps'

/**
 * Takes an admin's name out of other people's jobs: those that they removed from a queue say by
 * whom. The audit log, which was written together with them, names them.
 */
export async function removeSignatures({ id }: Person, after: string | null): Promise<Slice> {
  const entries = await prisma().auditEntry.findMany({
    where: {
      actorId: id,
      action: 'job.cancel',
      id: { gt: after ?? lowestIdAt(new Date(0)) },
    },
    orderBy: { id: 'asc' },
    take: SLICE,
    select: { id: true, targetId: true },
  })
  const done = await prisma().$executeRaw(Prisma.sql`
    WITH jobs AS (
      SELECT id, format(${removedFrom('%s', 'an admin')}, queue) AS message FROM "Job"
      WHERE id = ANY(${entries.map(({ targetId }) => targetId)}::uuid[])
    ), logs AS (
      UPDATE "JobLog" log SET message = jobs.message FROM jobs
      WHERE log."jobId" = jobs.id AND log.message LIKE ${removedFrom('%', '%')}
    )
    UPDATE "Job" job SET error = jsonb_set(job.error, '{message}', to_jsonb(jobs.message))
    FROM jobs WHERE job.id = jobs.id AND job.error ->> 'code' = 'removed'`)
  return { done, next: entries.length === SLICE ? (entries.at(-1)?.id ?? null) : null }
}
