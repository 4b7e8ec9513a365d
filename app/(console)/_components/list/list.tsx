import Link from 'next/link'
import type { ReactNode } from 'react'
import classes from './list.module.css'

/** Rows in a frame; what they are, and in which order, is read out. */
export function List({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  )
}

type RowProps = {
  /** An icon, or a cell that comes before the title. */
  start?: ReactNode
  title: ReactNode
  /** Where the whole row leads. */
  href?: string
  hint?: string
  onFollow?: () => void
  /** What else there is to say about it, below the title. */
  note?: ReactNode
  /** Colours the icon. */
  status?: string
  /** Cells. */
  children?: ReactNode
}

/** One thing of a list. */
export function Row({ start, title, href, hint, onFollow, note, status, children }: RowProps) {
  return (
    <li className={classes.row} data-status={status}>
      {start}
      <div className={classes.main}>
        {href ? (
          <Link
            href={href}
            title={hint}
            prefetch={false}
            className={classes.title}
            onClick={onFollow}
          >
            {title}
          </Link>
        ) : (
          title
        )}
        {note}
      </div>
      {children}
    </li>
  )
}

type CellProps = { width?: 'wide' | 'auto'; end?: boolean; children?: ReactNode }

/** A part of a row that stands below the same part of the row above. */
export function Cell({ width, end, children }: CellProps) {
  return (
    <div className={classes.cell} data-width={width} data-end={end}>
      {children}
    </div>
  )
}
