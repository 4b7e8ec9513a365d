const steps = [
  { unit: 's', ms: 1_000, below: 60 },
  { unit: 'min', ms: 60_000, below: 60 },
  { unit: 'h', ms: 3_600_000, below: 24 },
  { unit: 'd', ms: 86_400_000, below: 31 },
] as const

const MONTH = 30.44 * 86_400_000
/** Clocks of browser and server differ a little; what lies this near is now. */
const NOW = 1_000

/** A moment seen from another, both in milliseconds: `12 s ago`, `in 38 s`, `just now`, `3 months ago`. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at)
  if (distance < NOW) return 'just now'
  const length = lengthOf(distance)
  return at > now ? `in ${length}` : `${length} ago`
}

function lengthOf(distance: number): string {
  for (const { unit, ms, below } of steps) {
    const count = Math.floor(distance / ms)
    if (count < below) return `${count} ${unit}`
  }
  const months = Math.floor(distance / MONTH)
  if (months < 12) return plural(Math.max(1, months), 'month')
  return plural(Math.floor(months / 12), 'year')
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
