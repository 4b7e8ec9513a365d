import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { Prisma, type Worker } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { notFound } from '@/lib/errors/app-error'
import { hasStatus } from '@/lib/jobs/status'
import { SETTINGS_CHANNEL } from '@/lib/queue/settings'

/** Most workers and jobs that a list shows. */
const MOST = 100

type RunningJob = { id: string; workerId: string; type: string; title: string }

export type ListedWorker = Worker & { jobs: RunningJob[] }

/** Workers that have not said goodbye, those that started last first, with what each is running. */
export async function listWorkers(admin: Viewer): Promise<ListedWorker[]> {
  requireAdminViewer(admin)
  const [workers, jobs] = await Promise.all([
    prisma().worker.findMany({
      where: { stoppedAt: null },
      orderBy: { startedAt: 'desc' },
      take: MOST,
    }),
    prisma().$queryRaw<RunningJob[]>`
      SELECT id, "workerId", type, title FROM "Job" job
      WHERE ${Prisma.raw(hasStatus('ACTIVE'))} AND "workerId" IS NOT NULL
      ORDER BY id DESC LIMIT ${MOST}`,
  ])
  return workers.map((worker) => ({
    ...worker,
    jobs: jobs.filter(({ workerId }) => workerId === worker.id),
  }))
}

/**
 * The worker takes no new jobs; what it runs ends. It holds until somebody lets it go on, or the
 * worker program starts anew.
 * @throws {AppError} `not_found` when there is no such worker, or it has stopped
 */
export async function drainWorker(admin: Viewer, id: string): Promise<void> {
  await change(admin, id, 'worker.drain', new Date())
}

/** The worker takes jobs again. @throws {AppError} `not_found` */
export async function undrainWorker(admin: Viewer, id: string): Promise<void> {
  await change(admin, id, 'worker.undrain', null)
}

async function change(
  admin: Viewer,
  id: string,
  action: string,
  drainingAt: Date | null,
): Promise<void> {
  requireAdminViewer(admin)
  await transaction(async (tx) => {
    const worker = await tx.worker.findFirst({ where: { id, stoppedAt: null } })
    if (!worker) throw notFound('This worker')
    await tx.worker.update({ where: { id }, data: { drainingAt } })
    const details = {
      before: { draining: worker.drainingAt !== null },
      after: { draining: drainingAt !== null },
    }
    await audit(tx, admin, action, { type: 'worker', id }, details)
    await tx.$executeRaw`SELECT pg_notify(${SETTINGS_CHANNEL}, ${id})`
  })
}
