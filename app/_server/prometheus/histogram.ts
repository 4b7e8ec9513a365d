import { BINS_PER_DOUBLING, type Histogram } from '@/lib/metrics/histogram'
import type { Labels, Sample } from './text'

/** Upper borders of the buckets: from a millisecond on, each twice the one before, to 70 minutes. */
const DOUBLINGS = 22

/** The samples of a Prometheus histogram: so many took no longer than each border, in seconds. */
export function samplesOf(labels: Labels, histogram: Histogram, sum: number): Sample[] {
  const bins = Object.entries(histogram).map(([bin, count]) => ({ bin: Number(bin), count }))
  const upTo = (last: number) =>
    bins.reduce((total, { bin, count }) => (bin <= last ? total + count : total), 0)
  const all = upTo(Number.POSITIVE_INFINITY)
  const buckets = Array.from({ length: DOUBLINGS + 1 }, (_, doubling) =>
    bucket(labels, String(2 ** doubling / 1_000), upTo(doubling * BINS_PER_DOUBLING)),
  )
  return [
    ...buckets,
    bucket(labels, '+Inf', all),
    { suffix: '_sum', labels, value: sum },
    { suffix: '_count', labels, value: all },
  ]
}

function bucket(labels: Labels, le: string, value: number): Sample {
  return { suffix: '_bucket', labels: { ...labels, le }, value }
}
