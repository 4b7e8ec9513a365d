import { storableText } from '@/lib/db/json'
import { redactText } from './redact'

/** Characters looked at beyond the limit, so that no secret is cut where it can no longer be told. */
const MARGIN = 1_000

/**
 * A text of any length as records show it: without secrets and what PostgreSQL cannot store, and cut
 * before anything else looks at it.
 */
export function shownText(text: string, limit: number): string {
  const seen = text.slice(0, limit + MARGIN)
  const plain = redactText(storableText(seen))
  // Where it was cut, a secret may have lost what gives it away.
  const end = seen.length < text.length ? Math.min(limit, plain.length - MARGIN) : limit
  return storableText(plain.slice(0, Math.max(0, end)))
}
