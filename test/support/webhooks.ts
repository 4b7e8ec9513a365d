import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import { createEndpoint, type Endpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import type { WebhookDelivery } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { webhook } from '@/lib/jobs/types/webhook'
import type { Received, Receiver } from './receiver'

export type TestEndpoint = { endpoint: Endpoint; secret: string }

/** An endpoint of the viewer's that leads to a receiver, for events nothing but tests sends. */
export function endpointTo(
  viewer: Viewer,
  { url }: Pick<Receiver, 'url'>,
  eventTypes = ['test.event'],
): Promise<TestEndpoint> {
  return createEndpoint(viewer, { url, eventTypes })
}

/** The webhook type as it is, but for the waits between its attempts. */
export const impatientWebhook = {
  ...webhook,
  backoff: { type: 'fixed', delayMs: 20 },
} as const

/** The message as the receiver's own library reads it; throws when the signature is wrong. */
export function verified(secret: string, { headers, body }: Received): unknown {
  return new Webhook(secret).verify(body, headers)
}

/** The delivery log of a job, oldest first. */
export function deliveriesOf(jobId: string): Promise<WebhookDelivery[]> {
  return prisma().webhookDelivery.findMany({ where: { jobId }, orderBy: { id: 'asc' } })
}

/** Waits until the receiver has got so many requests. */
export function receives({ received }: Receiver, count: number): Promise<Received[]> {
  return vi.waitFor(
    () => {
      if (received.length < count) throw new Error(`${received.length} of ${count} requests came`)
      return received
    },
    { timeout: 15_000, interval: 20 },
  )
}
