import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import classes from './ui.module.css'

type Look = {
  kind?: 'primary' | 'danger' | 'quiet'
  size?: 'small'
  icon?: ReactNode
}

/** A button that needs no script of its own. */
export function PlainButton({
  kind,
  size,
  icon,
  children,
  ...props
}: ComponentProps<'button'> & Look) {
  return (
    <button type="button" {...props} className={classes.button} data-kind={kind} data-size={size}>
      {icon}
      {children}
    </button>
  )
}

/** A link that looks like a button. */
export function LinkButton({
  kind,
  size,
  icon,
  children,
  ...props
}: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...props} className={classes.button} data-kind={kind} data-size={size}>
      {icon}
      {children}
    </Link>
  )
}

/** A link to a file to keep, not to a page. */
export function DownloadButton({
  kind,
  size,
  icon,
  children,
  ...props
}: ComponentProps<'a'> & Look) {
  return (
    <a {...props} download className={classes.button} data-kind={kind} data-size={size}>
      {icon}
      {children}
    </a>
  )
}
