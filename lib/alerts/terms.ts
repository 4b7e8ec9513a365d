import type { AlertScope } from '@/lib/db/generated/enums'

/** Longest time that rules look back, in minutes: what the facts they are measured by reach. */
export const LONGEST_WINDOW = 60

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
