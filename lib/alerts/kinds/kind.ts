import type { FactName, Facts } from '../facts/facts'
import { groupsOf, INSTALLATION, type JobGroup, placeOf } from '../subject'
import type { RuleTerms } from '../terms'

/** What a rule measured. */
type Found = {
  value: number
  /** Too few jobs to say: nothing fires on it. */
  isThin?: boolean
  /** What was found, in a sentence. */
  message: string
}

/** What a rule measured about one subject. */
type Reading = Found & { subject: string }

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

/** Types, workers or schedules that a message names. */
const NAMED = 3

type AboutJobs = Omit<AlertKind, 'isAboutJobs' | 'measure'> & {
  /** @param place the queue or job type in words @param has whether a job belongs to it */
  find(facts: Facts, group: { place: string; has: JobGroup['has'] }, minutes: number): Found
}

/** A kind that looks at each queue, or at one job type, on its own. */
export function aboutJobs({ find, ...kind }: AboutJobs): AlertKind {
  return {
    ...kind,
    isAboutJobs: true,
    measure: (facts, rule) =>
      groupsOf(rule).map(({ subject, has }) => {
        const minutes = rule.windowMinutes ?? kind.window ?? 0
        return { subject, ...find(facts, { place: placeOf(subject), has }, minutes) }
      }),
  }
}

type AboutInstallation = Omit<AlertKind, 'isAboutJobs' | 'measure'> & {
  /** Null when there is nothing to measure; undefined when it cannot be told now. */
  find(facts: Facts, since: number): Found | null | undefined
}

/** A kind that looks at the installation as a whole. */
export function aboutInstallation({ find, ...kind }: AboutInstallation): AlertKind {
  return {
    ...kind,
    isAboutJobs: false,
    measure: (facts, { windowMinutes }) => {
      const found = find(facts, windowStart(facts, windowMinutes ?? kind.window ?? 0))
      return found ? [{ subject: INSTALLATION, ...found }] : found === null ? [] : undefined
    },
  }
}

/** The moment so many minutes before the facts were found, in milliseconds. */
export function windowStart({ at }: Facts, minutes: number): number {
  return at.getTime() - minutes * 60_000
}

/** The first few of some names. */
export function named(names: readonly string[]): string {
  return `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ', …' : ''}`
}

export function formatPercent(value: number): string {
  return `${Math.round(value * 10) / 10} %`
}
