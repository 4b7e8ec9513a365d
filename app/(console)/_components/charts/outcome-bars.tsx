import { formatCount } from '@/lib/format/count'
import type { Axis } from './axis'
import classes from './charts.module.css'
import type { Numbers } from './hover'
import { barsPath } from './paths'
import { Plot } from './plot'
import { countScale } from './scale'

/** From the bottom of a bar to its top. */
const outcomes = ['completed', 'failed', 'canceled'] as const

/** How many jobs ended how in a span of time. */
export type Outcomes = Record<(typeof outcomes)[number], number>

type Props = {
  title: string
  unit: string
  axis: Axis
  points: readonly Outcomes[]
  numbers: Omit<Numbers, 'lines'>
}

/** What became of jobs, span by span. */
export function OutcomeBars({ points, numbers, ...frame }: Props) {
  const levels = [0, 1, 2, 3].map((level) =>
    points.map((point) =>
      outcomes.slice(0, level).reduce((sum, outcome) => sum + point[outcome], 0),
    ),
  )
  const scale = countScale(Math.max(...(levels[3] ?? [])))
  const total = (outcome: keyof Outcomes) => points.reduce((sum, point) => sum + point[outcome], 0)
  return (
    <Plot
      {...frame}
      summary={`Jobs that ended: ${outcomes
        .map((outcome) => `${formatCount(total(outcome))} ${outcome}`)
        .join(', ')}`}
      scale={scale}
      nameTick={formatCount}
      numbers={{
        ...numbers,
        lines: outcomes.map((kind) => ({
          name: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
          kind,
          texts: points.map((point) => formatCount(point[kind])),
        })),
      }}
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
