'use client'

import { useRouter } from 'next/navigation'
import type { ComponentProps } from 'react'
import { type Action, initialState, useAction } from '@/app/form/use-action'
import { PlainButton } from './button'
import { settle } from './outcome'

type Props = Omit<ComponentProps<typeof PlainButton>, 'type' | 'onClick'> & {
  action: Action
  /** What the action is told. */
  fields?: Record<string, string>
  /** Of its form, for fields that stand elsewhere. */
  formId?: string
  /** Called when the action succeeded, before it leads elsewhere. */
  onDone?: () => void
}

/**
 * A button that runs a server action; works without scripts. Says what it did, or why it was refused,
 * also where what it did takes the button away.
 */
export function ActionButton({ action, fields = {}, formId, onDone, ...button }: Props) {
  const router = useRouter()
  const { formAction, send, pending } = useAction(action, initialState, onDone, (state) =>
    settle(state, router),
  )
  return (
    <form
      id={formId}
      action={formAction}
      onSubmit={(event) => {
        event.preventDefault()
        send(new FormData(event.currentTarget))
      }}
    >
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
