import { prisma } from '@/lib/db/prisma'
import { AppError } from '@/lib/errors/app-error'
import type { FileRecord } from './view'

type Needed = Pick<FileRecord, 'id' | 'ownerId'>

/** A job that has not ended and needs the file: it reads its owner's files only; the system's own any. */
export function jobThatNeeds({ id, ownerId }: Needed): Promise<{ title: string } | null> {
  return prisma().job.findFirst({
    where: {
      endedAs: null,
      AND: [
        { OR: [{ ownerId }, { ownerId: null }] },
        {
          OR: [
            { input: { path: ['fileId'], equals: id } },
            { input: { path: ['operations'], array_contains: [{ fileId: id }] } },
          ],
        },
      ],
    },
    select: { title: true },
  })
}

/** @throws {AppError} `conflict` while a job that has not ended needs the file */
export async function requireUnneeded(file: Needed): Promise<void> {
  const job = await jobThatNeeds(file)
  if (job) {
    throw new AppError(
      'conflict',
      `“${job.title}” still needs this file. Wait until the job has ended, or cancel it.`,
    )
  }
}
