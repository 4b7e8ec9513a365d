import type { Facts } from './facts/facts'
import { findKind } from './kinds/kinds'
import type { RuleTerms } from './terms'

/** An alert that has not closed. */
export type OpenAlert = {
  id: string
  ruleId: string | null
  subject: string
  /** Null while nobody was told. */
  toldAt: Date | null
  quietUntil: Date | null
}

export type Firing = { ruleId: string; subject: string; value: number; message: string }
export type Closing = { id: string; value: number | null; resolution: string }

/** What is to change about alerts. */
export type Changes = { fire: Firing[]; close: Closing[]; tell: string[] }

export function isNothing({ fire, close, tell }: Changes): boolean {
  return fire.length + close.length + tell.length === 0
}

/**
 * Compares what was measured with the rules. An alert opens at the one threshold and closes at the
 * other; in between it stays what it is. One that opened while its rule kept quiet is told later if it
 * is still open then. What no rule watches any more closes.
 * @param rules those that are on
 */
export function decide(
  rules: readonly RuleTerms[],
  open: readonly OpenAlert[],
  facts: Facts,
): Changes {
  const changes: Changes = { fire: [], close: [], tell: [] }
  const unwatched = new Map(open.map((alert) => [alert.id, alert]))
  for (const rule of rules) {
    const own = open.filter(({ ruleId }) => ruleId === rule.id)
    const readings = findKind(rule.kind)?.measure(facts, rule)
    if (!readings) {
      for (const { id } of own) unwatched.delete(id)
      continue
    }
    for (const { subject, value, isThin, message } of readings) {
      const alert = own.find((each) => each.subject === subject)
      if (alert) unwatched.delete(alert.id)
      if (!alert) {
        if (value >= rule.fireAt && !isThin) {
          changes.fire.push({ ruleId: rule.id, subject, value, message })
        }
      } else if (value <= rule.resolveAt) {
        changes.close.push({ id: alert.id, value, resolution: 'It is over.' })
      } else if (!alert.toldAt && (!alert.quietUntil || alert.quietUntil <= facts.at)) {
        changes.tell.push(alert.id)
      }
    }
  }
  for (const { id } of unwatched.values()) {
    changes.close.push({ id, value: null, resolution: 'It is no longer watched.' })
  }
  return changes
}
