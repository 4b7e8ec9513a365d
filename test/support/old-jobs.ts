import { v7 as uuidv7 } from 'uuid'
import type { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'

const DAY_MS = 24 * 3600_000

export function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS)
}

/** An id as it was given so many days ago. */
export function idFrom(days: number): string {
  return uuidv7({ msecs: daysAgo(days).getTime() })
}

type Given = Partial<Prisma.JobCreateManyInput> & { days: number }

/** Records of jobs that were made and ended some days ago; their ids. */
export async function createOldJobs(given: Given[]): Promise<string[]> {
  const jobs = given.map(
    ({ days, ...rest }): Prisma.JobCreateManyInput => ({
      id: idFrom(days),
      type: 'email',
      queue: 'email',
      status: 'COMPLETED',
      title: 'Old mail',
      input: {},
      attempt: 1,
      maxAttempts: 3,
      backoff: {},
      timeoutMs: 1_000,
      inputHash: '',
      tags: [],
      createdAt: daysAgo(days),
      runAt: daysAgo(days),
      finishedAt: daysAgo(days),
      ...rest,
    }),
  )
  await prisma().job.createMany({ data: jobs })
  await prisma().jobFacts.createMany({
    data: jobs.map(({ id, type, queue, ownerId }) => ({
      jobId: id,
      type,
      queue,
      text: '',
      ownerId: ownerId ?? null,
    })),
  })
  return jobs.map(({ id }) => id)
}
