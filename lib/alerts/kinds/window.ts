import type { Facts } from '../facts/facts'
import type { RuleTerms } from '../terms'

/** From when on a rule looks, in milliseconds; `usual` where it does not say. */
export function windowStart({ at }: Facts, { windowMinutes }: RuleTerms, usual: number): number {
  return at.getTime() - (windowMinutes ?? usual) * 60_000
}
