/** Bins per doubling: a bin's borders lie 19 % apart. */
export const BINS_PER_DOUBLING = 4

/** Counts by bin. Bin 0 is less than a millisecond, bin n from 2^((n-1)/4) to 2^(n/4) milliseconds. */
export type Histogram = Readonly<Record<string, number>>

/** SQL for the bin of a length of time given in milliseconds. */
export function binOf(milliseconds: string): string {
  return `CASE WHEN ${milliseconds} < 1 THEN 0
    ELSE 1 + floor(${BINS_PER_DOUBLING} * ln(${milliseconds}) / ln(2::float8))::int END`
}

/** All counts in one. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const merged: Record<string, number> = {}
  for (const histogram of histograms) {
    for (const [bin, count] of Object.entries(histogram)) merged[bin] = (merged[bin] ?? 0) + count
  }
  return merged
}

/**
 * The length of time that a share (0 to 1) of all does not exceed, in milliseconds, right to within
 * a bin; null when nothing was counted.
 */
export function percentile(histogram: Histogram, share: number): number | null {
  const bins = Object.entries(histogram)
    .map(([bin, count]) => ({ bin: Number(bin), count }))
    .sort((a, b) => a.bin - b.bin)
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  const rank = share * total
  let below = 0
  for (const { bin, count } of bins) {
    if (count > 0 && below + count >= rank) return within(bin, (rank - below) / count)
    below += count
  }
  return null
}

/** Between a bin's borders, evenly on the logarithmic scale that the bins have. */
function within(bin: number, share: number): number {
  return bin === 0 ? share : 2 ** ((bin - 1 + share) / BINS_PER_DOUBLING)
}
