import type { Deletion } from '@/lib/db/generated/client'
import { withLease } from '@/lib/db/lease'
import { type Database, prisma } from '@/lib/db/prisma'
import { afterCommit, transaction } from '@/lib/db/transaction'
import { removeLeftoversSoon } from '@/lib/files/leftovers'
import { jobThatNeeds } from '@/lib/files/needed'
import { REMOVED_TOGETHER, removeJobs } from '@/lib/jobs/transitions/remove'
import { type Backlog, workOff } from './work-off'

/** How often deletions are looked for whose time for an Undo is over, in milliseconds. */
export const DELETION_INTERVAL_MS = 1_000

const deletions: Backlog<string> = {
  name: 'deletion',
  async find(limit) {
    const rows = await prisma().$queryRaw<{ id: string }[]>`
      SELECT id FROM "Deletion" WHERE at <= now() ORDER BY at LIMIT ${limit}`
    return rows.map(({ id }) => id)
  },
  handle: (ids) =>
    transaction(async (tx) => {
      // An Undo has taken the others back.
      const due = await tx.$queryRaw<Pick<Deletion, 'id' | 'kind' | 'keepFiles'>[]>`
        DELETE FROM "Deletion" WHERE id = ANY(${ids}::uuid[]) RETURNING id, kind, "keepFiles"`
      const idsOf = (kind: Deletion['kind'], keepFiles: boolean) =>
        due.flatMap((one) => (one.kind === kind && one.keepFiles === keepFiles ? [one.id] : []))
      // A job that was retried meanwhile has not ended, and stays.
      await removeJobs(tx, idsOf('JOB', false))
      await removeJobs(tx, idsOf('JOB', true), { keepFiles: true })
      await removeFiles(tx, idsOf('FILE', false))
      return due.length
    }),
  async setAside(id) {
    await prisma().deletion.deleteMany({ where: { id } })
  },
}

/** Deletes what people deleted, once the time for an Undo is over. */
export async function deleteDue(stopping?: AbortSignal): Promise<void> {
  if ((await deletions.find(1)).length === 0) return
  await withLease('deletions', (renew) =>
    workOff(deletions, REMOVED_TOGETHER, async () => !stopping?.aborted && (await renew())),
  )
}

/** One that a new job needs by now stays. */
async function removeFiles(tx: Database, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const files = await tx.file.findMany({ where: { id: { in: ids } } })
  const needed = await Promise.all(files.map(jobThatNeeds))
  const gone = files.filter((_, index) => !needed[index])
  await tx.file.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } })
  await tx.leftoverBytes.createMany({
    data: gone.map(({ storageKey }) => ({ storageKey })),
    skipDuplicates: true,
  })
  afterCommit(tx, removeLeftoversSoon)
}
