'use client'

import { unstable_rethrow, useRouter } from 'next/navigation'
import { type ComponentProps, type FormEvent, useActionState, useTransition } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { PlainButton } from './button'
import { settle } from './outcome'

type Props = Omit<ComponentProps<typeof PlainButton>, 'type' | 'onClick'> & {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the action is told. */
  fields?: Record<string, string>
  /** Called when the action succeeded and did not lead elsewhere. */
  onDone?: () => void
}

const initial: FormState = { status: 'new', errors: {}, values: {} }

/**
 * A button that runs a server action; works without scripts. Says what it did, or why it was refused,
 * also where what it did takes the button away.
 */
export function ActionButton({ action, fields = {}, onDone, ...button }: Props) {
  const [, run] = useActionState(action, initial)
  const [pending, start] = useTransition()
  const router = useRouter()

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    start(async () => {
      const state = await action(initial, form).catch(unanswered)
      if (state.status === 'done') onDone?.()
      settle(state, router)
    })
  }

  return (
    <form action={run} onSubmit={onSubmit}>
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

/** What to say of an action without an answer; one that leads elsewhere goes on there. */
function unanswered(error: unknown): FormState {
  unstable_rethrow(error)
  const message = 'The server did not answer. Look whether it was done, then try again.'
  return { ...initial, status: 'failed', message }
}
