import { z } from 'zod'
import type { WebhookDelivery, WebhookEndpoint } from '@/lib/db/generated/client'
import { shownAs } from '@/lib/format/shown'

const time = z.iso.datetime()

/** An endpoint as the HTTP API shows it; its secrets never are. Times are ISO 8601 UTC. */
export const endpointViewSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    eventTypes: z.array(z.string()).meta({ description: 'Empty for every event.' }),
    enabled: z.boolean(),
    disabledReason: z.string().nullable(),
    failingSince: time.nullable(),
    previousSecretExpiresAt: time
      .nullable()
      .meta({ description: 'Until then the old secret signs too.' }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'WebhookEndpoint' })
export type EndpointView = z.output<typeof endpointViewSchema>

export function endpointView(
  endpoint: Omit<WebhookEndpoint, 'secret' | 'previousSecret'>,
): EndpointView {
  return shownAs(endpointViewSchema, endpoint)
}

const headersSchema = z.record(z.string(), z.string()).nullable().catch(null)

/** One request of a webhook job, as the HTTP API shows it. */
export const deliveryViewSchema = z
  .object({
    id: z.uuid(),
    endpointId: z.uuid().nullable(),
    jobId: z.uuid(),
    attempt: z.int(),
    url: z.string(),
    event: z.string(),
    trigger: z.string(),
    status: z.int().nullable().meta({ description: 'Null when nothing answered.' }),
    durationMs: z.int(),
    excerpt: z.string().nullable().meta({ description: 'The first bytes of the answer.' }),
    error: z.string().nullable(),
    headers: z.record(z.string(), z.string()).nullable().meta({
      description: 'What was sent, with secrets masked; null when no request was made.',
    }),
    at: time,
  })
  .meta({ id: 'WebhookDelivery' })
export type DeliveryView = z.output<typeof deliveryViewSchema>

export function deliveryView(delivery: WebhookDelivery): DeliveryView {
  const headers = headersSchema.parse(delivery.headers)
  const trigger = delivery.trigger.toLowerCase()
  return shownAs(deliveryViewSchema, { ...delivery, trigger, headers })
}
