import type { AlertScope } from '@/lib/db/generated/enums'

/** What a rule says, as far as evaluating it needs. */
export type RuleTerms = {
  id: string
  name: string
  kind: string
  scope: AlertScope
  /** A queue or job type; null for `ALL`. */
  target: string | null
  fireAt: number
  resolveAt: number
  windowMinutes: number | null
}
