'use client'

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { WhenReady } from '@/app/form/when-ready'
import classes from './new.module.css'
import type { Problem } from './submission'

type Props = {
  /** What was wrong with the last submission. */
  problem: Problem | undefined
  onSubmit(event: FormEvent): void
  children: ReactNode
}

/** A hand-made form of a job type: says what no field can say, and leads to the first that is wrong. */
export function JobForm({ problem, onSubmit, children }: Props) {
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])

  return (
    <form ref={form} className={classes.form} onSubmit={onSubmit} noValidate>
      <WhenReady>
        {problem && problem.issues.length === 0 && (
          <p className={classes.problem} role="alert">
            {problem.message}
          </p>
        )}
        {children}
      </WhenReady>
    </form>
  )
}
