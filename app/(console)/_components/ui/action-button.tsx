'use client'

import { type ComponentProps, useActionState, useEffect } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { PlainButton } from './button'
import { useOutcome } from './outcome'

type Props = Omit<ComponentProps<typeof PlainButton>, 'type' | 'onClick'> & {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the action is told. */
  fields?: Record<string, string>
  /** Called when the action succeeded and did not lead elsewhere. */
  onDone?: () => void
}

const initial: FormState = { status: 'new', errors: {}, values: {} }

/** A button that runs a server action; works without scripts. Says why when it was refused. */
export function ActionButton({ action, fields = {}, onDone, ...button }: Props) {
  const [state, run, pending] = useActionState(action, initial)
  useOutcome(state)

  useEffect(() => {
    if (state.status === 'done') onDone?.()
  }, [state, onDone])

  return (
    <form action={run}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <PlainButton
        {...button}
        type="submit"
        aria-busy={pending}
        disabled={pending || button.disabled}
      />
    </form>
  )
}
