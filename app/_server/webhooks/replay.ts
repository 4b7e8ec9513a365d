import type { Viewer } from '@/lib/access/viewer'
import { type Job, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { inSlices, SLICE } from '@/lib/jobs/slices'
import { retryJobs } from '@/lib/jobs/transitions/retry'
import { webhook } from '@/lib/jobs/types/webhook'
import { sendWebhook } from '@/lib/services/jobs'
import { REPLAY_TAG } from '@/lib/webhooks/tags'
import { getDelivery } from './deliveries'
import { endpointToSendTo } from './endpoints'

/** Most webhooks that one call sends again. */
const MAX_RECOVERED = 10_000

/**
 * Sends a delivery's message once more, as a job of its own. It keeps its `webhook-id`, so that a
 * receiver that did take it the first time can tell.
 * @throws {AppError} `not_found`; `conflict` when its job was deleted, or the endpoint is off
 */
export async function replayDelivery(
  viewer: Viewer,
  endpointId: string,
  deliveryId: string,
): Promise<Job> {
  const delivery = await getDelivery(viewer, endpointId, deliveryId)
  return transaction(async (tx) => {
    const { ownerId } = await endpointToSendTo(tx, viewer, endpointId, 'replay')
    const sent = await tx.job.findFirst({
      where: { id: delivery.jobId, ownerId, type: webhook.type },
    })
    if (!sent) {
      throw new AppError('conflict', 'Its job was deleted, and what it sent with it.')
    }
    const { data: input, error } = webhook.input.safeParse(sent.input)
    if (error) throw new AppError('conflict', 'Its job was made by another version of the program.')
    const original = sent.tags.includes(REPLAY_TAG) ? (sent.originalId ?? sent.id) : sent.id
    const { job } = await sendWebhook(tx, input, {
      ownerId,
      tags: [REPLAY_TAG],
      originalId: original,
      kept: sent.input,
    })
    return job
  })
}

/**
 * Tries every webhook again that failed for good since a time, oldest first: its job is retried. Those
 * that a replay has delivered meanwhile are left out.
 * @returns how many; at most `MAX_RECOVERED`, so that one that is as many may have more
 * @throws {AppError} `not_found`; `conflict` while the endpoint is switched off
 */
export async function recoverFailed(
  viewer: Viewer,
  endpointId: string,
  since: Date,
): Promise<number> {
  const { ownerId } = await transaction((tx) => endpointToSendTo(tx, viewer, endpointId, 'recover'))
  let left = MAX_RECOVERED
  const next = async (after: string | null) => {
    const rows = await prisma().$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT id FROM "Job" failed
      WHERE "ownerId" = ${ownerId}::uuid AND "endedAs" = 'FAILED' AND type = ${webhook.type}
        AND input ->> 'endpointId' = ${endpointId} AND "finishedAt" >= ${since}
        AND (${after}::uuid IS NULL OR id > ${after}::uuid)
        AND NOT EXISTS (
          SELECT 1 FROM "JobFacts" facts JOIN "Job" replay ON replay.id = facts."jobId"
          WHERE facts."originalId" = failed.id AND ${REPLAY_TAG} = ANY (facts.tags)
            AND replay."endedAs" = 'COMPLETED')
      ORDER BY id LIMIT ${Math.min(SLICE, left)}`)
    left -= rows.length
    return rows.map(({ id }) => id)
  }
  return inSlices(next, async (tx, ids) => (await retryJobs(tx, ids, ['FAILED'])).length)
}
