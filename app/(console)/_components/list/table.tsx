import type { ReactNode } from 'react'
import classes from './list.module.css'

type Props = { label: string; children: ReactNode }

/** A table that scrolls sideways by itself where there is little room. */
export function ScrollTable({ label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.frame} tabIndex={0} aria-label={label}>
      <table className={`${classes.table} ${classes.scrolling}`}>{children}</table>
    </section>
  )
}

/** A table whose rows become cards where there is little room. */
export function StackingTable({ label, children }: Props) {
  return (
    <div className={classes.frame}>
      <table className={`${classes.table} ${classes.stacking}`} aria-label={label}>
        {children}
      </table>
    </div>
  )
}
