'use client'

import { Alert, Button, Stack } from '@mantine/core'
import {
  createContext,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useContext,
  useEffect,
  useRef,
} from 'react'
import type { FormState } from '@/lib/http/form-state'

const initial: FormState = { status: 'new', errors: {}, values: {} }

const FormContext = createContext<FormState>(initial)

/** What the last submission said; for fields inside an `ActionForm`. */
export function useFormState(): FormState {
  return useContext(FormContext)
}

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the button does, e.g. `Sign in`. */
  submit: string
  children?: ReactNode
  fullWidth?: boolean
  variant?: 'filled' | 'default'
  color?: string
  /** Empties the form after success. */
  clear?: boolean
  /** What stands in the form's place after success. */
  done?: (state: FormState) => ReactNode
}

/** A form over a server action: works as a plain post too, and keeps what was typed. */
export function ActionForm({ action, submit, children, clear = false, done, ...button }: Props) {
  const [state, formAction, pending] = useActionState(action, initial)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    if (state.status === 'failed') {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
    if (state.status === 'done' && clear) form.current?.reset()
  }, [state, clear])

  // React empties a form after its action; dispatching by hand leaves what was typed.
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    startTransition(() => formAction(data))
  }

  if (done && state.status === 'done') return done(state)
  return (
    <form ref={form} action={formAction} onSubmit={onSubmit} noValidate>
      <FormContext value={state}>
        <Stack gap="md">
          <Message state={state} />
          {children}
          <div>
            <Button type="submit" loading={pending} {...button}>
              {submit}
            </Button>
          </div>
        </Stack>
      </FormContext>
    </form>
  )
}

function Message({ state }: { state: FormState }) {
  if (!state.message) return null
  return (
    <Alert color={state.status === 'failed' ? 'red' : 'tide'} variant="light" p="sm">
      {state.message}
    </Alert>
  )
}
