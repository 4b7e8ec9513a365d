import { invalidInput } from '@/lib/errors/app-error'
import { idempotencyKey } from './submit'

/** The header, as the OpenAPI document describes it. */
export const idempotencyHeader = {
  'Idempotency-Key': 'Unique per caller and job type; the same as the field `idempotencyKey`.',
}

/**
 * What a caller sent, with the key of the header `Idempotency-Key` where there is one.
 * @throws {AppError} `invalid_input` for a key that is none, or differs from the body's
 */
export function withHeaderKey<Sent extends { idempotencyKey?: string | undefined }>(
  sent: Sent,
  { headers }: Request,
): Sent {
  const header = headers.get('idempotency-key')
  if (header === null) return sent
  const parsed = idempotencyKey.safeParse(header)
  if (!parsed.success) {
    const message = parsed.error.issues[0]?.message ?? 'Expected a key'
    throw invalidInput([{ path: 'Idempotency-Key', message }])
  }
  if (sent.idempotencyKey && sent.idempotencyKey !== parsed.data) {
    throw invalidInput([
      { path: 'idempotencyKey', message: 'Differs from the header Idempotency-Key' },
    ])
  }
  return { ...sent, idempotencyKey: parsed.data }
}
