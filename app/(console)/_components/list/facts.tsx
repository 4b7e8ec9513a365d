import type { ReactNode } from 'react'
import classes from './facts.module.css'

type Props = {
  /** A card beside the content, a strip or a line above it, or names with their values behind them. */
  layout: 'card' | 'strip' | 'line' | 'pairs'
  children: ReactNode
}

/** Names with their values. */
export function Facts({ layout, children }: Props) {
  return (
    <dl className={classes.facts} data-layout={layout}>
      {children}
    </dl>
  )
}

type FactProps = {
  name: ReactNode
  children: ReactNode
}

/** A name with its value. */
export function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

type FigureProps = { name: string; value: string; note: ReactNode; alarm?: boolean }

/** A number that one looks at first, with what puts it in proportion. */
export function Figure({ name, value, note, alarm = false }: FigureProps) {
  return (
    <div data-status={alarm ? 'failed' : undefined}>
      <dt>{name}</dt>
      <dd className={classes.figure}>{value}</dd>
      <dd className={classes.proportion}>{note}</dd>
    </div>
  )
}
