import type { ReactNode } from 'react'
import type { Period } from '@/app/_server/metrics/periods'
import ui from '../../_components/ui/ui.module.css'
import classes from './charts.module.css'
import { Hover, type Numbers } from './hover'
import { gridPath } from './paths'
import { HEIGHT, type Scale, WIDTH } from './scale'

type LegendItem = { name: string; kind: string }

type Props = {
  title: string
  /** What the picture shows, for those who do not see it. */
  summary: string
  legend: LegendItem[]
  scale: Scale
  nameTick: (value: number) => string
  period: Period
  numbers: Numbers
  children: ReactNode
}

const ago: Record<Period, [string, string]> = {
  hour: ['60 min ago', '30 min ago'],
  day: ['24 h ago', '12 h ago'],
  week: ['7 d ago', '3½ d ago'],
}

/** A chart's frame: title, legend, axes; the numbers appear under the pointer. */
export function Plot({
  title,
  summary,
  legend,
  scale,
  nameTick,
  period,
  numbers,
  children,
}: Props) {
  const [first, middle] = ago[period]
  return (
    <figure className={`${ui.card} ${classes.chart}`}>
      <figcaption className={`${ui.line} ${ui.apart}`}>
        <h2>{title}</h2>
        <ul className={`${ui.line} ${ui.note}`}>
          {legend.map(({ name, kind }) => (
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
        <p className={classes.when} aria-hidden>
          <span>{first}</span>
          <span>{middle}</span>
          <span>now</span>
        </p>
      </div>
    </figure>
  )
}
