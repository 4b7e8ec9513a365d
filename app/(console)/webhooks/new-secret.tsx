'use client'

import type { ReactNode } from 'react'
import { Secret } from '../_components/ui/secret'
import ui from '../_components/ui/ui.module.css'

type Props = { secret: string; title: string; children?: ReactNode }

/** A secret that was just made: the only time anyone sees it. */
export function NewSecret({ secret, title, children }: Props) {
  return (
    <section className={ui.card} aria-label={title}>
      <h2>{title}</h2>
      <p>Copy the signing secret now. It cannot be shown again.</p>
      <Secret text={secret} label="Copy the secret" />
      {children}
    </section>
  )
}
