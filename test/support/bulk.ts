import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { bulkAction } from '@/workers/handlers/bulk-action'
import { jobContext } from './job-context'

/** Does what a worker would with the bulk actions that were asked for; their filters and outcomes. */
export async function runBulkActions() {
  const asked = await prisma().job.findMany({
    where: { type: 'bulk-action', status: 'QUEUED' },
    orderBy: { id: 'asc' },
  })
  const done = []
  for (const { id: jobId, ownerId, input } of asked) {
    const parsed = catalog['bulk-action'].input.parse(input)
    const result = await bulkAction(jobContext<'bulk-action'>(parsed, { jobId, ownerId }))
    await prisma().job.update({
      where: { id: jobId },
      data: { status: 'COMPLETED', finishedAt: new Date() },
    })
    done.push({ action: parsed.action, filter: parsed.filter, ...result })
  }
  return done
}
