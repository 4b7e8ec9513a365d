import type { Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import { transaction } from '@/lib/db/transaction'
import { sendWebhook } from '@/lib/services/jobs'
import { TEST_TAG } from '@/lib/webhooks/tags'
import { endpointToSendTo } from './endpoints'

/** The event of a test; an endpoint gets it whatever events it is for. */
const TEST_EVENT = 'webhook.test'

/**
 * Sends a test event to an endpoint.
 * @throws {AppError} `not_found`; `conflict` while it is switched off
 */
export async function sendTest(viewer: Viewer, endpointId: string): Promise<Job> {
  return transaction(async (tx) => {
    const { ownerId } = await endpointToSendTo(tx, viewer, endpointId, 'test')
    const payload = {
      message: 'A test of your endpoint: it is reached, and signatures can be checked.',
    }
    const { job } = await sendWebhook(
      tx,
      { endpointId, event: TEST_EVENT, payload },
      { ownerId, tags: [TEST_TAG] },
    )
    return job
  })
}
