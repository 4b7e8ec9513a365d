import { setTimeout as pause } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { transaction } from '@/lib/db/transaction'
import type { JobError } from '@/lib/jobs/job-error'
import type { WebhookInput } from '@/lib/jobs/types/webhook'
import { MASK } from '@/lib/secrets/mask'
import { logger } from '@/lib/telemetry/logger'
import { redactExcerpt } from '@/lib/text/redact'
import { storableText } from '@/lib/text/storable'
import type { JobContext } from '@/workers/runtime/handler'
import { noteHealth } from './health'
import type { Receiver } from './receiver'
import type { Answer } from './request'

/** What the owner sees of an answer, in bytes. */
const EXCERPT = 1_024
/** How often, and after how long, a record is tried again that PostgreSQL did not take. */
const WAITS_MS = [200, 1_000, 3_000]

type Delivery = {
  job: JobContext<WebhookInput>
  receiver: Receiver
  /** The headers that were sent, without secrets. */
  headers: Record<string, string>
  /** The secrets among them. */
  secrets: string[]
  durationMs: number
  /** Undefined when none came. */
  answer: Answer | undefined
  /** Undefined when the webhook was delivered, or stopped. */
  error?: JobError | undefined
  /** The job was told to stop, which says nothing about the receiver. */
  stopped?: boolean
}

/**
 * Writes a request into the delivery log, and what it says about the endpoint. When PostgreSQL stays
 * away the line is lost rather than the outcome: sending twice would be worse.
 */
export async function recordDelivery(delivery: Delivery): Promise<void> {
  const id = uuidv7()
  for (const wait of [0, ...WAITS_MS]) {
    if (wait) await pause(wait)
    try {
      return await write(id, delivery)
    } catch (error) {
      const { jobId } = delivery.job
      logger('webhooks').warn({ err: error, jobId }, 'A delivery could not be recorded')
    }
  }
}

async function write(id: string, delivery: Delivery): Promise<void> {
  const { job, receiver, headers, secrets, durationMs, answer, error, stopped } = delivery
  const { endpointId, shownUrl: url, trigger } = receiver
  await transaction(async (tx) => {
    // With its endpoint, the log is gone too; the lock also orders what two requests say about it.
    const [endpoint] = endpointId
      ? await tx.$queryRaw<object[]>`
          SELECT id FROM "WebhookEndpoint" WHERE id = ${endpointId}::uuid FOR UPDATE`
      : []
    if (endpointId && !endpoint) return
    await tx.webhookDelivery.createMany({
      data: {
        id,
        endpointId,
        ownerId: job.ownerId,
        jobId: job.jobId,
        attempt: job.attempt,
        url,
        event: job.input.event,
        trigger,
        headers,
        status: answer?.status ?? null,
        durationMs,
        excerpt: answer ? excerptOf(answer.body, secrets) : null,
        error: stopped ? 'The job was stopped before the receiver answered.' : error?.message,
      },
      skipDuplicates: true,
    })
    if (!endpointId || stopped) return
    const retryable = error?.options.retryable !== false && job.attempt < job.maxAttempts
    await noteHealth(tx, endpointId, {
      delivered: !error,
      gone: answer?.status === 410,
      final: Boolean(error) && !retryable,
    })
  })
}

/** Masked before it is cut: half a secret is one too. */
function excerptOf(body: Buffer, secrets: string[]): string {
  const known = secrets.reduce((text, secret) => text.replaceAll(secret, MASK), body.toString())
  const excerpt = redactExcerpt(known, EXCERPT)
  return storableText(Buffer.from(excerpt).subarray(0, EXCERPT).toString())
}
