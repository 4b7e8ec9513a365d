import { offsetAt } from '@/lib/time/zone'

/** Clocks are changed at whole quarters of an hour, so that within one their offset stays. */
const QUARTER_MS = 15 * 60_000
const MAX_KNOWN = 10_000

/**
 * What a zone's clocks show at an instant, as if it were UTC; both in milliseconds. For many instants
 * near each other: asking for an offset costs a hundred times more than knowing it.
 */
export function wallClock(timezone: string): (instant: number) => number {
  const known = new Map<number, number>()
  return (instant) => {
    const quarter = Math.floor(instant / QUARTER_MS)
    let offset = known.get(quarter)
    if (offset === undefined) {
      offset = offsetAt(timezone, instant)
      if (known.size >= MAX_KNOWN) known.clear()
      known.set(quarter, offset)
    }
    return instant + offset
  }
}
