'use client'

import type { ReactNode } from 'react'
import { CopyButton } from '../_components/ui/copy-button'
import classes from './webhooks.module.css'

type Props = { secret: string; title: string; children?: ReactNode }

/** A secret that was just made: the only time anyone sees it. */
export function NewSecret({ secret, title, children }: Props) {
  return (
    <section className={classes.secret} aria-label={title}>
      <h2>{title}</h2>
      <p>Copy the signing secret now. It cannot be shown again.</p>
      <div className={classes.secretLine}>
        <code>{secret}</code>
        <CopyButton text={secret} label="Copy the secret">
          Copy
        </CopyButton>
      </div>
      {children}
    </section>
  )
}
