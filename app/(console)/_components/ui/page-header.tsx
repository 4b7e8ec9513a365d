import Link from 'next/link'
import type { ReactNode } from 'react'
import classes from './page.module.css'

type Props = {
  title: string
  /** The page above this one. */
  back?: { href: string; label: string }
  lead?: ReactNode
  /** Buttons. */
  children?: ReactNode
}

/** The title of a page, with what one can do there. */
export function PageHeader({ title, back, lead, children }: Props) {
  return (
    <div className={classes.header}>
      <div className={classes.heading}>
        {back && (
          <Link href={back.href} className={classes.back}>
            ‹ {back.label}
          </Link>
        )}
        <h1 className={classes.title}>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
      </div>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  )
}
