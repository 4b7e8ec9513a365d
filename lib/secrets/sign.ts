import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { authSecret } from '@/lib/config/config'

/**
 * The signature of a text with the installation's secret, in base64url.
 * @param text begins with what it is for: what was signed for one purpose holds for no other
 */
export function signatureOf(text: string): string {
  return createHmac('sha256', authSecret()).update(text).digest('base64url')
}

/** Whether two secrets are the same; how long the comparison takes tells nothing. */
export function isSameSecret(given: string, expected: string): boolean {
  // Digests have one length, whatever was given.
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
