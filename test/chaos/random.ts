/** Randomness that the same seed repeats, so that a run that failed can be run again. */
export type Random = {
  /** From 0 to below 1. */
  fraction(): number
  /** A whole number of both borders or between them. */
  between(least: number, most: number): number
  pick<T>(items: readonly T[]): T
  /** So many of the items, each at most once, in another order. */
  some<T>(items: readonly T[], count: number): T[]
}

/** Mulberry32: small, and even enough to choose faults by. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) =>
    least + Math.floor(fraction() * (most - least + 1))
  return {
    fraction,
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new Error('There is nothing to choose from')
      return item
    },
    some(items, count) {
      const left = [...items]
      const chosen = []
      while (chosen.length < count && left.length > 0) {
        chosen.push(...left.splice(between(0, left.length - 1), 1))
      }
      return chosen
    },
  }
}
