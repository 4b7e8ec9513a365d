import { permanentError } from '@/lib/jobs/job-error'
import type { WebhookInput } from '@/lib/jobs/types/webhook'
import { webhookBody } from '@/lib/jobs/types/webhook-body'
import { isSealed, UnreadableSecret } from '@/lib/secrets/secret-box'
import { maskHeaders, openHeaders } from '@/lib/webhooks/header-secrets'
import type { JobContext } from '@/workers/runtime/handler'
import type { Receiver } from './receiver'
import type { Message } from './request'
import { signature } from './signature'

type Job = Pick<JobContext<WebhookInput>, 'input' | 'ownerId'>

/** The request of a webhook, as Standard Webhooks 1.0 describes it. */
export function makeMessage(
  { input, ownerId }: Job,
  { messageId, secrets }: Pick<Receiver, 'messageId' | 'secrets'>,
): Message {
  const { event, headers = {} } = input
  const body = webhookBody(input, messageId, secrets.length > 0)
  const timestamp = Math.floor(Date.now() / 1_000)
  return {
    headers: {
      ...readable(headers, ownerId),
      'content-type': 'application/json',
      'user-agent': 'Millrace-Webhooks/1.0',
      'millrace-event': event,
      'webhook-id': messageId,
      'webhook-timestamp': String(timestamp),
      ...(secrets.length > 0
        ? { 'webhook-signature': signature(secrets, messageId, timestamp, body) }
        : {}),
    },
    body,
  }
}

/** The headers as the delivery log keeps them: what was sealed in the input stays out of it. */
export function shownHeaders(
  sent: Record<string, string>,
  { headers = {} }: Pick<WebhookInput, 'headers'>,
): Record<string, string> {
  return { ...sent, ...maskHeaders(headers) }
}

/** The values of headers that were sealed in the input: a receiver may repeat them in its answer. */
export function secretValues({ input: { headers = {} }, ownerId }: Job): string[] {
  const sealed = Object.entries(headers).filter(([, value]) => isSealed(value))
  return Object.values(readable(Object.fromEntries(sealed), ownerId)).filter(Boolean)
}

function readable(headers: Record<string, string>, ownerId: string | null): Record<string, string> {
  try {
    return openHeaders(headers, ownerId)
  } catch (error) {
    if (!(error instanceof UnreadableSecret)) throw error
    const sentence = 'A secret header cannot be read: AUTH_SECRET has changed. Send it anew.'
    throw permanentError('header_unreadable', sentence, error)
  }
}
