/** Where values lie between 0 (bottom of a chart) and 1 (top), and which of them are marked. */
export type Scale = { ticks: number[]; at(value: number): number }

const TICKS = 4
/** From how many times the smallest value the largest is shown in leaps instead of steps. */
const LEAPS_FROM = 100

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
const DAY = 24 * HOUR
/** Lengths of time that read as one number, a leap apart. */
const LEAPS = [
  1,
  10,
  100,
  SECOND,
  10 * SECOND,
  MINUTE,
  10 * MINUTE,
  HOUR,
  10 * HOUR,
  4 * DAY,
  40 * DAY,
]
/** Steps between such lengths, where seconds are counted in sixties. */
const TIME_STEPS = [15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400]

/** From 0 to a round number at or above the largest value. */
export function linearScale(largest: number): Scale {
  return stepScale(largest, roundStep(largest / TICKS))
}

/** For milliseconds: even steps, or leaps where even steps would hide the small values. */
export function timeScale(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0)
  const largest = Math.max(0, ...positive)
  const smallest = Math.min(largest, ...positive)
  return largest < LEAPS_FROM * smallest || positive.length === 0
    ? stepScale(largest, timeStep(largest / TICKS))
    : leapScale(smallest, largest)
}

function stepScale(largest: number, step: number): Scale {
  const count = Math.max(1, Math.ceil(largest / step))
  return {
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
    at: (value) => value / (count * step),
  }
}

/** Logarithmic; zero lies with the smallest leap. */
function leapScale(smallest: number, largest: number): Scale {
  const first = Math.max(
    0,
    LEAPS.findLastIndex((leap) => leap <= smallest),
  )
  const last = LEAPS.findIndex((leap) => leap >= largest)
  const ticks = last < 0 ? LEAPS.slice(first) : LEAPS.slice(first, last + 1)
  const low = Math.log(ticks[0] ?? 1)
  const high = Math.log(ticks.at(-1) ?? 1)
  const share = (value: number) => (Math.log(Math.max(value, 1)) - low) / (high - low)
  return { ticks, at: (value) => Math.min(1, Math.max(0, share(value))) }
}

function timeStep(least: number): number {
  const seconds = least / SECOND
  const step = TIME_STEPS.find((candidate) => candidate >= seconds)
  return seconds <= 10 || step === undefined ? roundStep(least) : step * SECOND
}

/** The smallest of 1, 2, 5, 10, 20, … that is at least `least`. */
function roundStep(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
  const step = [1, 2, 5, 10].find((factor) => factor * decade >= least) ?? 10
  return step * decade
}
