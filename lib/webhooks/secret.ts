import { randomBytes } from 'node:crypto'
import type { WebhookEndpoint } from '@/lib/db/generated/client'
import { open, seal, UnreadableSecret } from '@/lib/secrets/secret-box'

/** How long the secret before a rotation still signs. */
export const ROTATION_OVERLAP_MS = 24 * 3600_000

/** A new signing secret, as Standard Webhooks writes them. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** The secret as the endpoint's record keeps it. */
export function sealSecret(secret: string, endpointId: string): string {
  return seal(secret, `endpoint ${endpointId}`)
}

type Keys = Pick<WebhookEndpoint, 'id' | 'secret' | 'previousSecret' | 'previousSecretExpiresAt'>

/**
 * The secrets a delivery is signed with, the newest first.
 * @throws {UnreadableSecret} when the installation's own secret has changed since
 */
export function signingSecrets(endpoint: Keys, now = new Date()): string[] {
  const purpose = `endpoint ${endpoint.id}`
  const { secret, previousSecret, previousSecretExpiresAt: until } = endpoint
  const previous =
    previousSecret && until && until > now ? openIfReadable(previousSecret, purpose) : []
  return [open(secret, purpose), ...previous]
}

/** The old secret may be from before the installation's changed; the new one is enough then. */
function openIfReadable(sealed: string, purpose: string): string[] {
  try {
    return [open(sealed, purpose)]
  } catch (error) {
    if (error instanceof UnreadableSecret) return []
    throw error
  }
}
