import { createHash } from 'node:crypto'
import { config } from '@/lib/config/config'
import { signatureOf } from '@/lib/secrets/sign'

/**
 * The token of a reset link. It is derived when the mail is sent, so that neither the record nor
 * the mail's job, both of which people can see, holds anything that opens an account.
 * @param resetId id of the `PasswordReset` record
 * @returns 43 characters of base64url
 */
export function resetToken(resetId: string): string {
  return signatureOf(`reset:${resetId}`)
}

/** Where a new password is chosen. */
export function resetUrl(resetId: string): string {
  return `${config().appUrl}/reset-password?token=${resetToken(resetId)}`
}

/** The token of an invitation's link, derived in the same way from the id of its record. */
export function invitationToken(invitationId: string): string {
  return signatureOf(`invitation:${invitationId}`)
}

/** What is kept of a token: its SHA-256, in hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
