import { z } from 'zod'
import { config } from '@/lib/config/config'
import { timeField } from '@/lib/time/time-fields'
import { targetProblem } from './target'

/** The kind of an event, e.g. `order.created`. */
export const eventType = z
  .string({ error: 'Expected an event like order.created' })
  .regex(/^[a-zA-Z0-9_]{1,64}([.\-/:][a-zA-Z0-9_]{1,64}){0,7}$/, {
    error: 'Expected an event like order.created',
  })

/** The URL of a receiver that webhooks may be sent to, as far as it says by itself. */
export const receiverUrl = z.string({ error: 'Expected a URL' }).superRefine((value, context) => {
  const message = targetProblem(value, config().webhookAllowCidrs)
  if (message) context.addIssue({ code: 'custom', message })
})

const fields = {
  url: receiverUrl,
  description: z
    .string({ error: 'Expected text' })
    .trim()
    .max(200, { error: 'Use at most 200 characters' })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Use one line of text' }),
  eventTypes: z
    .array(eventType, { error: 'Expected a list of events' })
    .max(50, { error: 'Expected at most 50 events' })
    .overwrite((events) => [...new Set(events)]),
  enabled: z.boolean({ error: 'Expected true or false' }),
}

/** What a new endpoint is made of; without events it takes every event. */
export const newEndpointSchema = z.strictObject({
  url: fields.url,
  description: fields.description.default(''),
  eventTypes: fields.eventTypes.default([]),
  enabled: fields.enabled.default(true),
})

/** What can be changed about an endpoint. */
export const endpointChangesSchema = z.strictObject(fields).partial()

/** Which delivery to send again. */
export const replaySchema = z.strictObject({
  deliveryId: z.uuid({ error: 'Expected the id of a delivery' }),
})

/** Since when failed webhooks are to be tried again. */
export const sinceSchema = z.strictObject({
  since: timeField().transform((value) => new Date(value)),
})

export type NewEndpoint = z.input<typeof newEndpointSchema>
export type EndpointChanges = z.input<typeof endpointChangesSchema>
