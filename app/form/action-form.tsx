'use client'

import { Alert, Button, type ButtonProps, Stack } from '@mantine/core'
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
import type { FormState } from '@/app/_server/forms/form-state'

/** Of a form that was not sent yet. */
export const initialState: FormState = { status: 'new', errors: {}, values: {} }

const Pending = createContext(false)
export const FormContext = createContext<FormState>(initialState)

/** What the last submission said; for fields inside a form. */
export function useFormState(): FormState {
  return useContext(FormContext)
}

type FrameProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  className?: string
  children?: ReactNode
  /** Empties the form after success. */
  clear?: boolean
  /** What stands in the form's place after success. */
  done?: ((state: FormState) => ReactNode) | undefined
}

/** A form over a server action: works as a plain post too, and keeps what was typed. */
export function FormFrame({ action, className, children, clear = false, done }: FrameProps) {
  const [state, formAction, pending] = useActionState(action, initialState)
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
    const { submitter } = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : {}
    const data = new FormData(event.currentTarget, submitter)
    startTransition(() => formAction(data))
  }

  if (done && state.status === 'done') return done(state)
  return (
    <form ref={form} action={formAction} onSubmit={onSubmit} className={className} noValidate>
      <FormContext value={state}>
        <Pending value={pending}>{children}</Pending>
      </FormContext>
    </form>
  )
}

type Props = Omit<FrameProps, 'className'> &
  Pick<ButtonProps, 'fullWidth' | 'variant' | 'color'> & {
    /** What the button does, e.g. `Sign in`. */
    submit: string
  }

/** A form of one column that ends with its button. */
export function ActionForm({ action, submit, children, clear, done, ...button }: Props) {
  return (
    <FormFrame action={action} clear={clear ?? false} done={done}>
      <Stack gap="md">
        <FormMessage />
        {children}
        <div>
          <SubmitButton {...button}>{submit}</SubmitButton>
        </div>
      </Stack>
    </FormFrame>
  )
}

type SubmitProps = ButtonProps & { name?: string; value?: string }

/** Sends the form it is in. */
export function SubmitButton(props: SubmitProps) {
  return <Button type="submit" loading={useContext(Pending)} {...props} />
}

/** What the last submission said about the whole form. */
export function FormMessage() {
  const { message, status } = useFormState()
  if (!message) return null
  return (
    <Alert color={status === 'failed' ? 'red' : 'tide'} variant="light" p="sm">
      {message}
    </Alert>
  )
}
