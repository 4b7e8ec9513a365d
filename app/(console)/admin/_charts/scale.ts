/** The plot's size in its own units; it is stretched to the room there is. */
export const WIDTH = 1_000
export const HEIGHT = 200

export type Scale = {
  /** Where a value lies, from the top. */
  y(value: number): number
  /** Values to name at the axis, lowest first. */
  ticks: number[]
}

/** From zero to a round number that holds `most`. */
export function linearScale(most: number): Scale {
  const top = roundUp(Math.max(most, 1))
  return { y: (value) => HEIGHT * (1 - value / top), ticks: [0, top / 2, top] }
}

/** For lengths of time: linear, or logarithmic where they span decades. */
export function timeScale(values: number[]): Scale {
  const most = Math.max(...values, 1)
  const least = Math.max(1, Math.min(...values, most))
  if (most / least < 100) return linearScale(most)
  const low = Math.floor(Math.log10(least))
  const high = Math.ceil(Math.log10(most))
  const y = (value: number) =>
    HEIGHT * (1 - (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low))
  const decades = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index))
  return { y, ticks: decades.length > 4 ? decades.filter((_, index) => index % 2 === 0) : decades }
}

/** Where the span `index` of `count` lies, from the left. */
export function x(index: number, count: number): number {
  return (WIDTH * index) / Math.max(1, count - 1)
}

/** The next of 1, 2, 4, 5, 10, 20, 40 …: each has a round half. */
function roundUp(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 4, 5, 10].find((factor) => factor * magnitude >= value) ?? 10
  return step * magnitude
}
