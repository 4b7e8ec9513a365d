import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'

/** How much of what somebody has. */
export type Holdings = {
  jobs: number
  batches: number
  files: number
  bytes: number
  mails: number
  schedules: number
  endpoints: number
  keys: number
  notifications: number
  suppressions: number
}

/** Counts all that is somebody's, each by the index on its owner. */
export async function holdingsOf(viewer: Viewer, id: string): Promise<Holdings> {
  requireAdminViewer(viewer)
  return countHoldings(id)
}

/** The same for the work that removes it. */
export async function countHoldings(id: string): Promise<Holdings> {
  const [row] = await prisma().$queryRaw<Holdings[]>`
    SELECT
      (SELECT count(*)::int FROM "Job" WHERE "ownerId" = ${id}::uuid) AS jobs,
      (SELECT count(*)::int FROM "Batch" WHERE "ownerId" = ${id}::uuid) AS batches,
      files.count AS files, files.bytes AS bytes,
      (SELECT count(*)::int FROM "Mail" WHERE "ownerId" = ${id}::uuid) AS mails,
      (SELECT count(*)::int FROM "Schedule" WHERE "ownerId" = ${id}::uuid) AS schedules,
      (SELECT count(*)::int FROM "WebhookEndpoint" WHERE "ownerId" = ${id}::uuid) AS endpoints,
      (SELECT count(*)::int FROM "ApiKey" WHERE "userId" = ${id}::uuid) AS keys,
      (SELECT count(*)::int FROM "Notification" WHERE "userId" = ${id}::uuid) AS notifications,
      (SELECT count(*)::int FROM "Suppression" WHERE "ownerId" = ${id}::uuid) AS suppressions
    FROM (
      SELECT count(*)::int AS count, coalesce(sum(bytes), 0)::float8 AS bytes
      FROM "File" WHERE "ownerId" = ${id}::uuid
    ) AS files`
  if (!row) throw new Error('The holdings could not be counted')
  return row
}
