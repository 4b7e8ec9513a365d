import type { FactName, Facts } from '../facts/facts'
import type { RuleTerms } from '../terms'

/** What a rule measured about one subject. */
type Reading = {
  subject: string
  value: number
  /** Too few jobs to say: nothing fires on it. */
  isThin?: boolean
  /** What was found, in a sentence. */
  message: string
}

/** Something that can be watched, and how. */
export type AlertKind = {
  label: string
  /** What it measures, in a sentence. */
  description: string
  /** What thresholds are counted in, e.g. `failures`. */
  unit: string
  /** Watches jobs, so that a rule can be about one queue or job type. */
  isAboutJobs: boolean
  /** How far back it looks, in minutes, unless the rule says otherwise; undefined for what is so now. */
  window?: number
  fireAt: number
  resolveAt: number
  /** The highest threshold that makes sense. */
  max: number
  needs: FactName
  /** A value with its unit, e.g. `5 failures`. */
  format(value: number): string
  /** One reading per subject; undefined when it cannot be told now. */
  measure(facts: Facts, rule: RuleTerms): Reading[] | undefined
}
