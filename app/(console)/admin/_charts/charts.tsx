import { type Period, periods } from '@/app/_server/metrics/periods'
import type { Series } from '@/app/_server/metrics/series'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import classes from './charts.module.css'
import type { Numbers } from './hover'
import { areaPath, linePath } from './paths'
import { Plot } from './plot'
import { linearScale, timeScale } from './scale'

type Props = { series: Series; period: Period; queue?: string }

/** What became of jobs over the period, how long they waited, and how long they ran. */
export function Charts({ series, period, queue }: Props) {
  const numbersOf = (lines: Numbers['lines']): Numbers => ({
    first: series.points[0]?.start ?? 0,
    spanMs: periods[period].span * 1_000,
    queue,
    lines,
  })
  const common = { series, period, numbersOf }
  return (
    <div className={classes.charts}>
      <Throughput {...common} />
      <Times {...common} kind="wait" title="Waiting time" />
      <Times {...common} kind="run" title="Run time" />
    </div>
  )
}

type ChartProps = {
  series: Series
  period: Period
  numbersOf(lines: Numbers['lines']): Numbers
}

const outcomes = [
  { name: 'Completed', kind: 'completed' },
  { name: 'Failed', kind: 'failed' },
  { name: 'Canceled', kind: 'canceled' },
] as const

function Throughput({ series: { points, totals }, period, numbersOf }: ChartProps) {
  const heights = points.map(({ completed, failed, canceled }) => [
    canceled,
    canceled + failed,
    canceled + failed + completed,
  ])
  const level = (index: number) => heights.map((height) => height[index] ?? 0)
  const scale = linearScale(Math.max(...level(2)))
  const layers = [
    { kind: 'completed', lower: level(1), upper: level(2) },
    { kind: 'failed', lower: level(0), upper: level(1) },
    { kind: 'canceled', lower: points.map(() => 0), upper: level(0) },
  ]
  const summary = `Jobs that ended: ${outcomes
    .map(({ name, kind }) => `${formatCount(totals[kind])} ${name.toLowerCase()}`)
    .join(', ')}`
  return (
    <Plot
      title="Throughput"
      summary={summary}
      legend={[...outcomes]}
      scale={scale}
      nameTick={(value) => formatCount(value)}
      period={period}
      numbers={numbersOf(
        outcomes.map(({ name, kind }) => ({
          name,
          kind,
          texts: points.map((point) => formatCount(point[kind])),
        })),
      )}
    >
      {layers.map(({ kind, lower, upper }) => (
        <g key={kind} data-status={kind}>
          <path d={areaPath(lower, upper, scale)} className={classes.fill} />
          {upper.some((value, index) => value > (lower[index] ?? 0)) && (
            <>
              <path d={linePath(upper, scale, 'finished')} />
              <path d={linePath(upper, scale, 'unfinished')} className={classes.unfinished} />
            </>
          )}
        </g>
      ))}
    </Plot>
  )
}

function Times({
  series: { points, totals },
  period,
  numbersOf,
  kind,
  title,
}: ChartProps & { kind: 'wait' | 'run'; title: string }) {
  const lines = [
    { name: 'p95', kind: 'retrying', values: points.map((point) => point[kind].p95) },
    { name: 'p50', kind: 'active', values: points.map((point) => point[kind].p50) },
  ]
  const scale = timeScale(lines.flatMap(({ values }) => values.filter((value) => value !== null)))
  const shown = (value: number | null) => (value === null ? 'none' : formatDuration(value))
  return (
    <Plot
      title={title}
      summary={`${title}: median ${shown(totals[kind].p50)}, 95 of 100 within ${shown(totals[kind].p95)}`}
      legend={lines.map(({ name, kind }) => ({ name, kind }))}
      scale={scale}
      nameTick={formatDuration}
      period={period}
      numbers={numbersOf(
        lines.map(({ name, kind, values }) => ({ name, kind, texts: values.map(shown) })),
      )}
    >
      {lines.map(({ kind, values }) => (
        <g key={kind} data-status={kind}>
          <path d={linePath(values, scale, 'finished')} />
          <path d={linePath(values, scale, 'unfinished')} className={classes.unfinished} />
        </g>
      ))}
    </Plot>
  )
}
