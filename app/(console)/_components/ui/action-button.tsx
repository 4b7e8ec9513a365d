'use client'

import { type ComponentProps, useActionState, useEffect } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { PlainButton } from './button'

type Props = Omit<ComponentProps<typeof PlainButton>, 'type' | 'onClick'> & {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the action is told. */
  fields?: Record<string, string>
  /** Of its form, for fields that stand elsewhere. */
  formId?: string
  /** Called when the action succeeded and did not lead elsewhere. */
  onDone?: () => void
}

const initial: FormState = { status: 'new', errors: {}, values: {} }

/** A button that runs a server action; works without scripts. Says why when it was refused. */
export function ActionButton({ action, fields = {}, formId, onDone, ...button }: Props) {
  const [state, run, pending] = useActionState(action, initial)

  useEffect(() => {
    if (state.status === 'done') onDone?.()
    if (!state.message) return
    const { message, status } = state
    import('@mantine/notifications').then(({ notifications }) =>
      notifications.show({
        message,
        color: status === 'failed' ? 'red' : 'tide',
        closeButtonProps: { 'aria-label': 'Close' },
      }),
    )
  }, [state, onDone])

  return (
    <form id={formId} action={run}>
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
