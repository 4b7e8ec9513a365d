import { z } from 'zod'
import { config } from '@/lib/config/config'
import type { Database } from '@/lib/db/prisma'
import type { FieldIssue } from '@/lib/errors/app-error'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'
import { eventObject } from '@/lib/webhooks/event-object'
import { eventType } from '@/lib/webhooks/fields'
import { headerSecrets } from '@/lib/webhooks/header-secrets'
import { webhookHeaders } from '@/lib/webhooks/headers'
import { targetProblem } from '@/lib/webhooks/target'
import { formHints } from '../form-hints'

const MAX_PAYLOAD_KB = 256
/** A request has 30 s; the rest is for its record. */
const TIMEOUT_MS = 40_000

const payload = z.unknown().superRefine((value, context) => {
  const message = payloadProblem(value)
  if (message) context.addIssue({ code: 'custom', message })
})

const input = z
  .strictObject({
    endpointId: z
      .uuid({ error: 'Expected the id of one of your endpoints' })
      .optional()
      .meta({
        title: 'Send to',
      })
      .register(formHints, { record: 'endpoint', labels: { '': 'A URL, without a signature' } }),
    url: z
      .string({ error: 'Expected a URL' })
      .optional()
      .meta({
        title: 'URL',
        description: 'Instead of an endpoint; such a webhook is not signed.',
      })
      .register(formHints, {
        input: 'url',
        placeholder: 'https://shop.example.com/hooks',
        shownIf: { endpointId: false },
      }),
    event: eventType.meta({ title: 'Event', examples: ['order.created'] }),
    payload: payload.meta({ title: 'Payload', description: 'Any JSON value.' }),
    headers: webhookHeaders.optional().meta({
      title: 'Headers',
      description:
        'One to a line, such as X-Team: blue. Values that look secret are stored encrypted.',
    }),
  })
  .refine(({ endpointId, url }) => (endpointId === undefined) !== (url === undefined), {
    path: ['endpointId'],
    error: 'Expected either endpointId or url',
  })
  .refine(({ endpointId, headers }) => !endpointId || !hasAuthorization(headers), {
    path: ['headers', 'Authorization'],
    error:
      'An endpoint knows its webhooks by their signature; only a bare URL can have this header',
  })
  .meta({
    examples: [
      {
        endpointId: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c04',
        event: 'order.created',
        payload: { orderId: 1001, total: '49.90' },
      },
    ],
  })
  .register(formHints, {
    start: { event: 'order.created', payload: { orderId: 'A-1001', total: 42.5 } },
  })

export type WebhookInput = z.output<typeof input>

/** Sends one event to a receiver, signed when it is one of the owner's endpoints. */
export const webhook = defineJob({
  type: 'webhook',
  queue: defineQueue({ name: 'webhooks', concurrency: 20 }),
  label: 'Webhook',
  description: 'Sends an event to an endpoint or a URL.',
  verb: 'Send webhook',
  input,
  output: z.object({ status: z.int(), durationMs: z.int() }),
  secrets: headerSecrets,
  attempts: 5,
  backoff: { type: 'exponential', delayMs: 5_000 },
  timeoutMs: TIMEOUT_MS,
  async prepare(db, inputs, { ownerId }) {
    const endpoints = await findEndpoints(db, inputs, ownerId)
    return inputs.map((wanted) => {
      const endpoint = wanted.endpointId ? endpoints.get(wanted.endpointId) : undefined
      return {
        title: titleOf(wanted, endpoint?.place ?? hostName(wanted.url)),
        issues: wanted.endpointId ? endpointIssues(endpoint) : urlIssues(wanted.url ?? ''),
      }
    })
  },
})

function titleOf({ event, payload }: WebhookInput, place: string): string {
  return `${[event, eventObject(event, payload)].filter(Boolean).join(' ')} → ${place}`
}

/** An endpoint, or a channel of alerts, whose address may be a secret. */
type Endpoint = { id: string; place: string; enabled: boolean }

async function findEndpoints(
  db: Database,
  inputs: readonly WebhookInput[],
  ownerId: string | null,
): Promise<Map<string, Endpoint>> {
  const ids = new Set(inputs.flatMap(({ endpointId }) => endpointId ?? []))
  if (ids.size === 0) return new Map()
  const found = await db.webhookEndpoint.findMany({
    where: { id: { in: [...ids] }, ...(ownerId ? { ownerId } : {}) },
    select: { id: true, url: true, description: true, enabled: true },
  })
  const endpoints = found.map(({ url, description, ...rest }) => ({
    ...rest,
    place: description || hostName(url),
  }))
  // Channels of alerts belong to nobody: only the system's own jobs may name one.
  const channels = ownerId === null ? await findChannels(db, [...ids]) : []
  return new Map([...channels, ...endpoints].map((endpoint) => [endpoint.id, endpoint]))
}

async function findChannels(db: Database, ids: string[]): Promise<Endpoint[]> {
  const found = await db.alertChannel.findMany({
    where: { id: { in: ids }, kind: { in: ['WEBHOOK', 'SLACK'] } },
    select: { id: true, host: true, enabled: true },
  })
  return found.map(({ id, host, enabled }) => ({ id, place: host ?? 'endpoint', enabled }))
}

function endpointIssues(endpoint: Endpoint | undefined): FieldIssue[] {
  if (!endpoint) return [{ path: 'endpointId', message: 'No endpoint of yours has this id' }]
  if (endpoint.enabled) return []
  return [{ path: 'endpointId', message: 'This endpoint is switched off' }]
}

/** The operator's allow-list may change, so it is no part of the schema that a worker checks again. */
function urlIssues(url: string): FieldIssue[] {
  const message = targetProblem(url, config().webhookAllowCidrs)
  return message ? [{ path: 'url', message }] : []
}

function hostName(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).host : 'endpoint'
}

function hasAuthorization(headers: Record<string, string> | undefined): boolean {
  return Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'authorization')
}

function payloadProblem(value: unknown): string | undefined {
  try {
    const json = JSON.stringify(value)
    if (json === undefined) return 'Expected a JSON value'
    const fits = Buffer.byteLength(json) <= MAX_PAYLOAD_KB * 1024
    return fits ? undefined : `Expected at most ${MAX_PAYLOAD_KB} KB of JSON`
  } catch {
    return 'Expected a JSON value'
  }
}
