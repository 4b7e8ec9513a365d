import { type Period, periods } from '@/app/_server/metrics/periods'
import type { Series } from '@/app/_server/metrics/series'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import classes from './charts.module.css'
import type { Numbers } from './hover'
import { barsPath, linePaths } from './paths'
import { Plot } from './plot'
import { countScale, timeScale } from './scale'

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

/** From the bottom of a bar to its top. */
const outcomes = ['completed', 'failed', 'canceled'] as const

function Throughput({ series: { points, totals }, period, numbersOf }: ChartProps) {
  const levels = [0, 1, 2, 3].map((level) =>
    points.map((point) =>
      outcomes.slice(0, level).reduce((sum, outcome) => sum + point[outcome], 0),
    ),
  )
  const scale = countScale(Math.max(...(levels[3] ?? [])))
  return (
    <Plot
      title="Throughput"
      unit={`jobs per ${periods[period].per}`}
      summary={`Jobs that ended: ${outcomes
        .map((outcome) => `${formatCount(totals[outcome])} ${outcome}`)
        .join(', ')}`}
      scale={scale}
      nameTick={formatCount}
      period={period}
      numbers={numbersOf(
        outcomes.map((kind) => ({
          name: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
          kind,
          texts: points.map((point) => formatCount(point[kind])),
        })),
      )}
    >
      {outcomes.map((kind, level) => (
        <path
          key={kind}
          data-status={kind}
          d={barsPath(levels[level] ?? [], levels[level + 1] ?? [], scale)}
          className={classes.bars}
        />
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
      unit="of the jobs that ended"
      summary={`${title}: median ${shown(totals[kind].p50)}, 95 of 100 within ${shown(totals[kind].p95)}`}
      scale={scale}
      nameTick={formatDuration}
      period={period}
      numbers={numbersOf(
        lines.map(({ name, kind, values }) => ({ name, kind, texts: values.map(shown) })),
      )}
    >
      {lines.map(({ kind, values }) => {
        const { solid, bridges, dots } = linePaths(values, scale)
        return (
          <g key={kind} data-status={kind}>
            <path d={solid} />
            <path d={bridges} className={classes.bridges} />
            <path d={dots} className={classes.dots} />
          </g>
        )
      })}
    </Plot>
  )
}
