'use client'

import type { ReactNode } from 'react'
import { CopyButton } from './copy-button'
import classes from './ui.module.css'

/** A text that is shown this once, to be copied. */
export function Secret({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.secret}>
      <code>{text}</code>
      <CopyButton text={text} label={label}>
        Copy
      </CopyButton>
    </div>
  )
}

type Props = {
  secret: string
  title: string
  /** Of the button that copies it. */
  label?: string
  /** What to do with it. */
  lead?: string
  children?: ReactNode
}

/** A secret that was just made: the only time anyone sees it. */
export function NewSecret({
  secret,
  title,
  label = 'Copy the secret',
  lead = 'Copy the signing secret now. It cannot be shown again.',
  children,
}: Props) {
  return (
    <section className={classes.card} aria-label={title}>
      <h2>{title}</h2>
      <p>{lead}</p>
      <Secret text={secret} label={label} />
      {children}
    </section>
  )
}
