import { type Period, periods } from '@/app/_server/metrics/periods'
import type { Series } from '@/app/_server/metrics/series'
import { formatDuration } from '@/lib/format/duration'
import classes from '../../_components/charts/charts.module.css'
import type { Numbers } from '../../_components/charts/hover'
import { OutcomeBars } from '../../_components/charts/outcome-bars'
import { linePaths } from '../../_components/charts/paths'
import { Plot } from '../../_components/charts/plot'
import { timeScale } from '../../_components/charts/scale'

type Props = { series: Series; period: Period; queue?: string }

/** What became of jobs over the period, how long they waited, and how long they ran. */
export function Charts({ series, period, queue }: Props) {
  const numbers = {
    first: series.points[0]?.start ?? 0,
    spanMs: periods[period].span * 1_000,
    query: { queue },
    by: 'ended',
  } as const
  return (
    <div className={classes.charts}>
      <OutcomeBars
        title="Throughput"
        unit={`jobs per ${periods[period].per}`}
        axis={period}
        points={series.points}
        numbers={numbers}
      />
      <Times series={series} period={period} numbers={numbers} kind="wait" title="Waiting time" />
      <Times series={series} period={period} numbers={numbers} kind="run" title="Run time" />
    </div>
  )
}

type TimesProps = {
  series: Series
  period: Period
  numbers: Omit<Numbers, 'lines'>
  kind: 'wait' | 'run'
  title: string
}

function Times({ series: { points, totals }, period, numbers, kind, title }: TimesProps) {
  const lines = [
    { name: 'p95', kind: 'retrying', values: points.map((point) => point[kind].p95) },
    { name: 'p50', kind: 'active', values: points.map((point) => point[kind].p50) },
  ]
  const scale = timeScale(lines.flatMap(({ values }) => values.filter((value) => value !== null)))
  const shown = (value: number | null) => (value === null ? 'none' : formatDuration(value))
  return (
    <Plot
      title={title}
      unit="of ended jobs"
      summary={`${title}: median ${shown(totals[kind].p50)}, 95 of 100 within ${shown(totals[kind].p95)}`}
      scale={scale}
      nameTick={formatDuration}
      axis={period}
      numbers={{
        ...numbers,
        lines: lines.map(({ name, kind, values }) => ({ name, kind, texts: values.map(shown) })),
      }}
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
