/** The plot's size in its own units; it is stretched to the room there is. */
export const WIDTH = 1_000
export const HEIGHT = 200

export type Scale = {
  /** Where a value lies, from the top. */
  y(value: number): number
  /** Values to name at the axis, lowest first. */
  ticks: number[]
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Lengths of time that are round, and whose halves are. */
const ROUND = [
  ...[1, 2, 4, 10, 20, 40, 100, 200, 400],
  ...[1, 2, 4, 10, 20, 30].map((count) => count * SECOND),
  ...[1, 2, 4, 10, 20, 30].map((count) => count * MINUTE),
  ...[1, 2, 4, 12].map((count) => count * HOUR),
  ...[1, 2, 4, 10, 20, 60, 180, 365].map((count) => count * DAY),
]

/** Steps of an axis that spans decades. */
const STEPS = [1, 10, 100, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY]

/** For counts: from zero to a round number that holds `most`. */
export function countScale(most: number): Scale {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(most, 2)))
  const factor = [1, 2, 4, 10].find((each) => each * magnitude >= most) ?? 10
  return linear(Math.max(2, factor * magnitude))
}

/** For lengths of time: linear, or logarithmic where they span decades. */
export function timeScale(values: number[]): Scale {
  const most = Math.max(...values, 1)
  const least = Math.max(1, Math.min(...values, most))
  if (most / least < 100) return linear(ROUND.find((length) => length >= most) ?? most)
  const low = STEPS.findLast((step) => step <= least) ?? 1
  const high = STEPS.find((step) => step >= most) ?? most
  const y = (value: number) =>
    HEIGHT * (1 - Math.log(Math.max(value, low) / low) / Math.log(high / low))
  return { y, ticks: STEPS.filter((step) => step >= low && step <= high) }
}

/** Where the middle of the span `index` of `count` lies, from the left. */
export function middle(index: number, count: number): number {
  return (WIDTH * (index + 0.5)) / count
}

function linear(top: number): Scale {
  return { y: (value) => HEIGHT * (1 - value / top), ticks: [0, top / 2, top] }
}
