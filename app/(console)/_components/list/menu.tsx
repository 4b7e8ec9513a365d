'use client'

import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import classes from './filters.module.css'

type Props = {
  /** What it says while it is closed. */
  label: ReactNode
  /** Read out instead of the label. */
  name?: string
  /** Like a field of a form, or like a quiet button. */
  look?: 'field' | 'button'
  children: ReactNode
}

/** Opens below its label and closes on Escape or when the focus leaves; works without scripts. */
export function Menu({ label, name, look = 'field', children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null)
  return (
    <details
      ref={menu}
      className={classes.menu}
      onBlur={({ relatedTarget, currentTarget }) => {
        const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
        if (!isInside) currentTarget.open = false
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape' || !currentTarget.open) return
        currentTarget.open = false
        currentTarget.querySelector('summary')?.focus()
      }}
    >
      <summary className={classes.field} data-look={look} aria-label={name}>
        {label}
        <IconChevronDown size={14} aria-hidden />
      </summary>
      {/* Takes the focus when something in it is clicked that cannot: else the click would close it. */}
      <div tabIndex={-1} className={classes.panel}>
        {children}
      </div>
    </details>
  )
}
