import type { Viewer } from '@/lib/auth/viewer'
import { Prisma } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { matching } from './matching'

/** Jobs are counted up to this; one more stands for any number above. */
export const NOW_UP_TO = 1_000

/** How things stand: what runs, what waits, and what failed since some moment. */
export type JobsNow = { active: number; queued: number; retrying: number; failed: number }

/** Counts, from indexes alone, the jobs the viewer may see. @param since failures before it are left out */
export async function countNow(viewer: Viewer, since: Date): Promise<JobsNow> {
  const ofStatus = (status: JobStatus) => counted(matching(viewer, { status }))
  // By the moment it failed, which has an index of its own.
  const failed = matching(
    viewer,
    {},
    {
      conditions: [Prisma.sql`job.status = 'FAILED' AND job."finishedAt" >= ${since}::timestamptz`],
    },
  )
  const [counts] = await prisma().$queryRaw<JobsNow[]>(Prisma.sql`
    SELECT ${ofStatus('ACTIVE')} AS active, ${ofStatus('QUEUED')} AS queued,
      ${ofStatus('RETRYING')} AS retrying, ${counted(failed)} AS failed`)
  return counts ?? { active: 0, queued: 0, retrying: 0, failed: 0 }
}

function counted(jobs: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 ${jobs} LIMIT ${NOW_UP_TO + 1}) AS counted)`
}
