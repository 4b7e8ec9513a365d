'use client'

import { type ComponentProps, useEffect } from 'react'
import { type Action, useAction } from '@/app/form/use-action'
import { PlainButton } from './button'

type Props = Omit<ComponentProps<typeof PlainButton>, 'type' | 'onClick'> & {
  action: Action
  /** What the action is told. */
  fields?: Record<string, string>
  /** Of its form, for fields that stand elsewhere. */
  formId?: string
  /** Called when the action succeeded and did not lead elsewhere. */
  onDone?: () => void
}

/** A button that runs a server action; works without scripts. Says why when it was refused. */
export function ActionButton({ action, fields = {}, formId, onDone, ...button }: Props) {
  const { state, formAction, send, pending } = useAction(action)

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
