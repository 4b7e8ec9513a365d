import Link from 'next/link'
import type { ReactNode } from 'react'
import classes from './ui.module.css'

type Props = {
  title: string
  /** The page above this one. */
  back?: { href: string; label: string }
  /** How it stands, beside the title. */
  status?: ReactNode
  lead?: ReactNode
  /** What it is, in a line of small parts. */
  byline?: ReactNode
  /** Buttons. */
  children?: ReactNode
}

/** The title of a page, with what one can do there. */
export function PageHeader({ title, back, status, lead, byline, children }: Props) {
  return (
    <div className={classes.header}>
      <div>
        {back && (
          <Link href={back.href} className={classes.back}>
            ‹ {back.label}
          </Link>
        )}
        <div className={classes.line}>
          <h1>{title}</h1>
          {status}
        </div>
        {lead && <p className={classes.lead}>{lead}</p>}
        {byline && <div className={`${classes.line} ${classes.byline}`}>{byline}</div>}
      </div>
      {children && <div className={classes.line}>{children}</div>}
    </div>
  )
}
