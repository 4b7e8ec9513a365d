import { prisma } from '@/lib/db/prisma'
import { nextFire } from '@/lib/schedules/next-fire'
import { other, type Problem, problemsIn } from './problem'

/** Each fire that created a job has one, and each job of a schedule has its fire. */
const JOBS = `
SELECT 'The schedule ' || fire."scheduleId" || ' fired at ' || fire."fireAt" || ' and has no job' AS text
FROM "ScheduleFire" fire LEFT JOIN "Job" job ON job.id = fire."jobId"
WHERE fire.outcome = 'CREATED' AND job.id IS NULL
UNION ALL
SELECT 'The schedule ' || facts."scheduleId" || ' made the job ' || facts."jobId" || ' at no time of its own'
FROM "JobFacts" facts
WHERE facts."scheduleId" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "ScheduleFire" WHERE "jobId" = facts."jobId")
UNION ALL
SELECT 'The job ' || "jobId" || ' was made for ' || count(*) || ' times of a schedule'
FROM "ScheduleFire" WHERE "jobId" IS NOT NULL GROUP BY "jobId" HAVING count(*) > 1
`

/** What a long absence missed is summed up in the last line of it. */
const SUMMED_UP = 'nor at any time until'

/** Each time of a schedule has one job, or the reason why it has none. */
export async function scheduleProblems(): Promise<Problem[]> {
  const schedules = await prisma().schedule.findMany({
    where: { ownerId: { not: null } },
    include: { fires: { orderBy: { fireAt: 'asc' } } },
  })
  const gaps = schedules.flatMap(({ id, cron, timezone, fires }) =>
    fires.slice(1).flatMap(({ fireAt }, at) => {
      const before = fires[at]
      if (!before || before.detail?.includes(SUMMED_UP)) return []
      const wanted = nextFire(cron, timezone, before.fireAt)
      return wanted?.getTime() === fireAt.getTime()
        ? []
        : [other(`The schedule ${id} says nothing of its time ${wanted?.toISOString()}`)]
    }),
  )
  return [...gaps, ...(await problemsIn(JOBS))]
}
