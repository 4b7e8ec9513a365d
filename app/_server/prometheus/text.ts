export type Labels = Readonly<Record<string, string>>

/** One number of a metric; a histogram's have a suffix. */
export type Sample = { labels: Labels; value: number; suffix?: '_bucket' | '_sum' | '_count' }

/** A metric with all its samples. */
export type Metric = {
  name: string
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  samples: Sample[]
}

/**
 * A metric with a sample for each of some things; those whose value is not known are left out.
 * @param sample their labels and their value
 */
export function metric<T>(
  [name, type, help]: readonly [name: string, type: Metric['type'], help: string],
  things: readonly T[],
  sample: (thing: T) => readonly [labels: Labels, value: number | null],
): Metric {
  const samples = things.flatMap((thing) => {
    const [labels, value] = sample(thing)
    return value === null ? [] : [{ labels, value }]
  })
  return { name, type, help, samples }
}

/** What a scrape of these metrics answers with. */
export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Metrics in Prometheus' text format; those without samples are left out. */
export function textOf(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(textOfMetric)
    .join('')
}

function textOfMetric({ name, type, help, samples }: Metric): string {
  const lines = samples.map(
    ({ labels, value, suffix = '' }) =>
      `${name}${suffix}${textOfLabels(labels)} ${numberOf(value)}`,
  )
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function textOfLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function numberOf(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : `${value > 0 ? '+' : '-'}Inf`
}
