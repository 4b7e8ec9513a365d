import type { ReactNode } from 'react'
import classes from './ui.module.css'

type Props = {
  /** Read out as its name. */
  label: string
  icon?: ReactNode
  /** Gives it that status's colours. */
  status?: 'failed' | 'retrying'
  children: ReactNode
}

/** Says something about the page as a whole. */
export function Notice({ label, icon, status, children }: Props) {
  return (
    <section className={classes.notice} aria-label={label} data-status={status}>
      {icon}
      <div>{children}</div>
    </section>
  )
}
