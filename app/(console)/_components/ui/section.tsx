import type { ReactNode } from 'react'
import classes from './ui.module.css'

type Props = {
  /** Of its heading. */
  id: string
  title: string
  /** What one can do with it. */
  action?: ReactNode
  children: ReactNode
}

/** A part of a page with a heading. */
export function Section({ id, title, action, children }: Props) {
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}
