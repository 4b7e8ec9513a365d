import { z } from 'zod'
import { MASK } from '@/lib/secrets/mask'
import { isSealed, open, seal } from '@/lib/secrets/secret-box'

/** Most headers of one webhook, besides those every webhook has. */
const MAX_HEADERS = 20
const MAX_VALUE = 1_024

/** What the connection, the signature or the body decides. */
const reserved = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'via',
  'forwarded',
  'cookie',
  'cookie2',
  'user-agent',
  'accept-encoding',
  'millrace-event',
])
const reservedPrefixes = ['webhook-', 'proxy-', 'x-forwarded-', 'sec-']

/** Names of headers that usually carry a secret. */
const sensitive = /authorization|auth\b|token|key|secret|password|credential|signature/i
const PURPOSE = 'header'

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, { error: 'Expected the name of a header' })
  .refine((name) => !isReserved(name.toLowerCase()), { error: 'This header cannot be set' })

const headerValue = z
  .string({ error: 'Expected text' })
  .max(MAX_VALUE, { error: `Expected at most ${MAX_VALUE} characters` })
  .regex(/^[\x20-\x7e]*$/, { error: 'Expected one line of printable ASCII characters' })

/**
 * Headers a webhook carries besides its own. Values that look like secrets are sealed, since a job's
 * input is shown and searched.
 */
export const webhookHeaders = z
  .record(headerName, headerValue.or(z.string().refine(isSealed)))
  .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, {
    error: `Expected at most ${MAX_HEADERS} headers`,
  })
  .refine(
    (headers) => new Set(Object.keys(headers).map(lower)).size === Object.keys(headers).length,
    {
      error: 'Expected each header once',
    },
  )
  .overwrite((headers) => mapValues(headers, sealValue))

/** The headers as they are sent. */
export function openHeaders(headers: Record<string, string>): Record<string, string> {
  return mapValues(headers, (_name, value) => (isSealed(value) ? open(value, PURPOSE) : value))
}

/** The headers as people are shown them: without secrets. */
export function maskHeaders(headers: Record<string, string>): Record<string, string> {
  return mapValues(headers, (_name, value) => (isSealed(value) ? MASK : value))
}

function sealValue(name: string, value: string): string {
  if (!sensitive.test(name) || isSealed(value)) return value
  return seal(value, PURPOSE, { repeatable: true })
}

function isReserved(name: string): boolean {
  return reserved.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix))
}

function lower(name: string): string {
  return name.toLowerCase()
}

function mapValues(
  headers: Record<string, string>,
  change: (name: string, value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, change(name, value)]),
  )
}
