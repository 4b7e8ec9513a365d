'use client'

import { type ReactNode, useSyncExternalStore } from 'react'
import classes from './form.module.css'

const never = () => () => undefined

/**
 * Fields whose values scripts hold: they open once the scripts are there, a moment after the page, so
 * that nothing is lost that was typed or chosen before.
 */
export function WhenReady({ children }: { children: ReactNode }) {
  const ready = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <fieldset disabled={!ready} className={classes.contents}>
      {children}
    </fieldset>
  )
}
