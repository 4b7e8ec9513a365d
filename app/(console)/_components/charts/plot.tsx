import type { ReactNode } from 'react'
import ui from '../ui/ui.module.css'
import { type Axis, ClockAxis } from './axis'
import classes from './charts.module.css'
import { Hover, type Numbers } from './hover'
import { gridPath } from './paths'
import { HEIGHT, type Scale, WIDTH } from './scale'

type Props = {
  title: string
  /** What is counted or measured. */
  unit: string
  /** What the picture shows, for those who do not see it. */
  summary: string
  scale: Scale
  nameTick: (value: number) => string
  axis: Axis
  numbers: Numbers
  children: ReactNode
}

/** A chart's frame: title, legend, axes; the numbers appear under the pointer. */
export function Plot({ title, unit, summary, scale, nameTick, axis, numbers, children }: Props) {
  return (
    <figure className={`${ui.card} ${classes.chart}`}>
      <figcaption className={`${ui.line} ${ui.apart}`}>
        <h2>
          {title} <small className={ui.note}>{unit}</small>
        </h2>
        <ul className={`${ui.line} ${ui.note}`}>
          {numbers.lines.map(({ name, kind }) => (
            <li key={name} data-status={kind} className={ui.dot}>
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
      <div className={classes.plot}>
        <ul className={classes.ticks} aria-hidden>
          {scale.ticks.map((tick) => (
            <li key={tick} style={{ top: `${(scale.y(tick) / HEIGHT) * 100}%` }}>
              {nameTick(tick)}
            </li>
          ))}
        </ul>
        <div className={classes.area}>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={summary}
          >
            {scale.ticks.map((tick) => (
              <path key={tick} d={gridPath(tick, scale)} className={classes.grid} />
            ))}
            {children}
          </svg>
          <Hover numbers={numbers} title={title} />
        </div>
        <ClockAxis
          axis={axis}
          first={numbers.first}
          spanMs={numbers.spanMs}
          count={numbers.lines[0]?.texts.length ?? 0}
        />
      </div>
    </figure>
  )
}
