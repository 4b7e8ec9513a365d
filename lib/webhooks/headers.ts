import { z } from 'zod'
import { MASK } from '@/lib/secrets/mask'
import { isSealed } from '@/lib/secrets/secret-box'

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

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, { error: 'Expected the name of a header' })
  .refine((name) => !isReserved(name.toLowerCase()), { error: 'This header cannot be set' })

const headerValue = z
  .string({ error: 'Expected text' })
  .max(MAX_VALUE, { error: `Expected at most ${MAX_VALUE} characters` })
  .regex(/^[\x20-\x7e]*$/, { error: 'Expected one line of printable ASCII characters' })

/** Headers a webhook carries besides its own; `header-secrets` says what of them is kept, and shown. */
export const webhookHeaders = z
  .record(
    headerName,
    headerValue.or(z.string().refine((value) => value === MASK || isSealed(value))),
  )
  .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, {
    error: `Expected at most ${MAX_HEADERS} headers`,
  })
  .refine(
    (headers) => new Set(Object.keys(headers).map(lower)).size === Object.keys(headers).length,
    {
      error: 'Expected each header once',
    },
  )

function isReserved(name: string): boolean {
  return reserved.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix))
}

function lower(name: string): string {
  return name.toLowerCase()
}
