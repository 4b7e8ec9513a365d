import type { WebhookInput } from './webhook'

type Content = Pick<WebhookInput, 'endpointId' | 'event' | 'payload'>

/**
 * The bytes of a webhook, as text.
 * @param messageId a UUIDv7: the same at every attempt, and so is the body
 * @param isSigned whoever cannot check a signature gets the payload as it is
 */
export function webhookBody(content: Content, messageId: string, isSigned: boolean): string {
  return JSON.stringify(isSigned ? bodyValue(content, timeOf(messageId)) : content.payload)
}

/**
 * What the body is the JSON of. An endpoint gets `{ type, timestamp, data }`, so that the signature
 * covers the event's type and time; a bare URL gets the payload as it is.
 */
export function bodyValue({ endpointId, event, payload }: Content, timestamp: string): unknown {
  return endpointId ? { type: event, timestamp, data: payload } : payload
}

/** When the event was enqueued: a UUIDv7 begins with the time it was made. */
function timeOf(messageId: string): string {
  return new Date(Number.parseInt(messageId.replaceAll('-', '').slice(0, 12), 16)).toISOString()
}
