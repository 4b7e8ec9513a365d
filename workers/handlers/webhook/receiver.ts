import { openChannel } from '@/lib/alerts/secret'
import { prisma } from '@/lib/db/prisma'
import { permanentError } from '@/lib/jobs/job-error'
import type { WebhookInput } from '@/lib/jobs/types/webhook'
import { UnreadableSecret } from '@/lib/secrets/secret-box'
import { signingSecrets } from '@/lib/webhooks/secret'
import { REPLAY_TAG, TEST_TAG } from '@/lib/webhooks/tags'
import type { JobContext } from '@/workers/runtime/handler'

/** Where a webhook goes, and as which message. */
export type Receiver = {
  url: string
  /** The URL as the delivery log shows it: a channel's may be a secret. */
  shownUrl: string
  /** Null for a bare URL. */
  endpointId: string | null
  /** None for a bare URL; then the payload is the whole body. */
  secrets: string[]
  /** The same for every attempt and every replay. */
  messageId: string
  trigger: 'AUTOMATIC' | 'MANUAL' | 'TEST'
}

/**
 * Looks up where a job's webhook goes now: an endpoint may have changed since it was enqueued.
 * @throws {JobError} permanent, when the endpoint is gone, switched off or unusable, or its owner is
 * disabled
 */
export async function findReceiver(job: JobContext<WebhookInput>): Promise<Receiver> {
  const { input, ownerId } = job
  const message = await messageOf(job)
  if (!input.endpointId) {
    const url = input.url ?? ''
    return { ...message, url, shownUrl: url, endpointId: null, secrets: [] }
  }
  const endpoint = await prisma().webhookEndpoint.findFirst({
    where: { id: input.endpointId, ...(ownerId ? { ownerId } : {}) },
    include: { owner: { select: { disabledAt: true } } },
  })
  if (!endpoint && ownerId === null) {
    return { ...message, ...(await findChannel(input.endpointId)), endpointId: null }
  }
  if (!endpoint) throw permanentError('endpoint_gone', 'The endpoint was deleted.')
  if (!endpoint.enabled) {
    throw permanentError('endpoint_disabled', 'The endpoint is switched off, so nothing was sent.')
  }
  if (endpoint.owner.disabledAt) {
    throw permanentError('owner_disabled', 'The endpoint’s owner is disabled, so nothing was sent.')
  }
  const { id: endpointId, url } = endpoint
  return { ...message, url, shownUrl: url, endpointId, secrets: readable(endpoint) }
}

function readable(endpoint: Parameters<typeof signingSecrets>[0]): string[] {
  return orUnreadable(
    () => signingSecrets(endpoint),
    'The endpoint’s secret cannot be read: AUTH_SECRET has changed. Rotate the secret.',
  )
}

/** A channel of alerts, which only the system's own jobs name. */
async function findChannel(id: string) {
  const channel = await prisma().alertChannel.findUnique({ where: { id } })
  if (!channel) throw permanentError('endpoint_gone', 'The channel was deleted.')
  if (!channel.enabled) {
    throw permanentError('endpoint_disabled', 'The channel is switched off, so nothing was sent.')
  }
  return orUnreadable(
    () => openChannel(channel),
    'The channel’s secret cannot be read: AUTH_SECRET has changed. Set it anew.',
  )
}

function orUnreadable<T>(work: () => T, sentence: string): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof UnreadableSecret)) throw error
    throw permanentError('secret_unreadable', sentence, error)
  }
}

async function messageOf({ jobId, attempt }: JobContext<WebhookInput>) {
  const job = await prisma().job.findUnique({
    where: { id: jobId },
    select: {
      tags: true,
      originalId: true,
      attempts: { where: { number: attempt }, select: { reason: true } },
    },
  })
  const replayed = job?.tags.includes(REPLAY_TAG) ? job.originalId : null
  const byHand = replayed !== null || job?.attempts[0]?.reason === 'MANUAL_RETRY'
  const trigger = job?.tags.includes(TEST_TAG) ? 'TEST' : byHand ? 'MANUAL' : 'AUTOMATIC'
  return { messageId: replayed ?? jobId, trigger } as const
}
