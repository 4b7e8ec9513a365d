import { prisma } from '@/lib/db/prisma'
import { permanentError } from '@/lib/jobs/job-error'
import type { ReportInput } from '@/lib/jobs/types/report-input'
import type { JobContext } from '@/workers/runtime/handler'

/** Who wants a report, of whose jobs, and as of when: the same for every attempt. */
export type ReportRequest = {
  owner: { id: string; name: string }
  everyone: boolean
  timezone: string
  /** When the job was due; a range without bounds ends before. */
  dueAt: Date
}

/** @throws {JobError} permanent, when the owner is gone or may not see everyone's jobs (any more) */
export async function findRequest(job: JobContext<ReportInput>): Promise<ReportRequest> {
  const { everyone, timezone } = job.input
  const record = await prisma().job.findUnique({
    where: { id: job.jobId },
    select: {
      runAt: true,
      owner: { select: { id: true, name: true, role: true, timezone: true } },
    },
  })
  if (!record?.owner) throw permanentError('owner_gone', 'The report’s owner is gone.')
  const { owner, runAt } = record
  if (everyone && owner.role !== 'ADMIN') {
    throw permanentError('not_an_admin', 'Only an admin may report on everyone’s jobs.')
  }
  return { owner, everyone, timezone: timezone ?? owner.timezone ?? 'UTC', dueAt: runAt }
}
