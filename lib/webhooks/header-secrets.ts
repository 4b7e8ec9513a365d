import { z } from 'zod'
import type { FieldIssue } from '@/lib/errors/app-error'
import type { InputSecrets, SecretsContext } from '@/lib/secrets/input-secrets'
import { MASK } from '@/lib/secrets/mask'
import { isSealed, isSealedBefore, open, seal, UnreadableSecret } from '@/lib/secrets/secret-box'

type Headers = Record<string, string>

/** Names of headers that usually carry a secret. */
const sensitive = /authorization|auth\b|token|key|secret|password|credential|signature/i

/** What headers were sealed for before they were bound to their owner. */
const FORMER_PURPOSE = 'header'

const keptSchema = z.object({
  endpointId: z.string().optional(),
  url: z.string().optional(),
  headers: z.record(z.string(), z.string()),
})
type Kept = z.output<typeof keptSchema>

/** Headers whose values look like secrets are sealed for their owner: nobody else's webhook opens them. */
export const headerSecrets: InputSecrets = {
  field: 'headers',
  seal(input, context) {
    const issues: FieldIssue[] = []
    const kept = keptSchema.safeParse(context.kept).data
    const value = mapValues(headersOf(input.headers), (name, text) => {
      if (text !== MASK && !isSealed(text)) {
        return sensitive.test(name) ? sealFor(context, text) : text
      }
      const before = kept?.headers[name]
      const message = keptProblem(text, before) ?? receiverProblem(input, kept)
      if (message) issues.push({ path: `headers.${name}`, message })
      return before === undefined ? text : resealFor(context, before)
    })
    return { value, issues }
  },
  mask: (value) => maskHeaders(headersOf(value)),
}

/**
 * The headers as they are sent.
 * @throws {UnreadableSecret} for somebody else's, and when the installation's secret has changed
 */
export function openHeaders(headers: Headers, ownerId: string | null): Headers {
  return mapValues(headers, (_name, value) => (isSealed(value) ? openFor(ownerId, value) : value))
}

/** The headers as people are shown them: without secrets. */
export function maskHeaders(headers: Headers): Headers {
  return mapValues(headers, (name, value) =>
    isSealed(value) || sensitive.test(name) ? MASK : value,
  )
}

function keptProblem(text: string, before: string | undefined): string | undefined {
  if (text !== MASK) return text === before ? undefined : 'Expected the value, not an encrypted one'
  if (before !== undefined && before !== MASK) return undefined
  return `Enter the value: ${MASK} stands for one that is kept, and none is`
}

/** Whoever may copy a webhook must not learn its secrets by sending them elsewhere. */
function receiverProblem(
  { endpointId, url }: Readonly<Record<string, unknown>>,
  kept: Kept | undefined,
): string | undefined {
  if (endpointId === kept?.endpointId && url === kept?.url) return undefined
  return 'Enter the value again: it was kept for another receiver'
}

function sealFor({ ownerId }: SecretsContext, text: string): string {
  return seal(text, purposeOf(ownerId), { repeatable: true })
}

function openFor(ownerId: string | null, sealed: string): string {
  return open(sealed, isSealedBefore(sealed) ? FORMER_PURPOSE : purposeOf(ownerId))
}

/** Schedules used to keep headers as they were given, and all were sealed for anybody. */
function resealFor(context: SecretsContext, kept: string): string {
  if (!isSealed(kept)) return sealFor(context, kept)
  if (!isSealedBefore(kept)) return kept
  try {
    return sealFor(context, openFor(context.ownerId, kept))
  } catch (error) {
    // The webhook fails, and says that the installation's secret has changed.
    if (error instanceof UnreadableSecret) return kept
    throw error
  }
}

function purposeOf(ownerId: string | null): string {
  return `webhook header of ${ownerId ?? 'the system'}`
}

function headersOf(value: unknown): Headers {
  return keptSchema.shape.headers.catch({}).parse(value)
}

function mapValues(headers: Headers, change: (name: string, value: string) => string): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, change(name, value)]),
  )
}
