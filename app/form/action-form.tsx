'use client'

import { Alert, Button, type ButtonProps, Stack } from '@mantine/core'
import {
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { type Action, initialState, useAction } from './use-action'

const Pending = createContext(false)
export const FormContext = createContext<FormState>(initialState)

/** What the last submission said; for fields inside a form. */
export function useFormState(): FormState {
  return useContext(FormContext)
}

/** A submission that was asked for and waits until the form’s files are uploaded. */
export const Held = createContext({ isHeld: false, release: () => {}, resume: () => {} })

type FrameProps = {
  action: Action
  className?: string
  children?: ReactNode
  /** What the form begins with, as if it had been refused. */
  start?: FormState | undefined
  /** Empties the form after success. */
  clear?: boolean | undefined
  /** What stands in the form's place after success. */
  done?: ((state: FormState) => ReactNode) | undefined
  /** Called after success, before the action leads elsewhere. */
  onDone?: () => void
}

/** A form over a server action: works as a plain post too, and keeps what was typed. */
export function FormFrame({ action, className, children, clear, done, ...frame }: FrameProps) {
  const { state, formAction, send, pending } = useAction(action, frame.start, frame.onDone)
  const form = useRef<HTMLFormElement>(null)
  const [mended, setMended] = useState<{ of: FormState; names: string[] }>()
  const [isHeld, setHeld] = useState(false)

  useEffect(() => {
    if (state.status === 'failed') {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
    if (state.status === 'done' && clear) form.current?.reset()
  }, [state, clear])

  // React empties a form after its action; sending it by hand leaves what was typed.
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const { submitter } = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : {}
    const data = new FormData(event.currentTarget, submitter)
    setHeld(data.has(UPLOADING))
    if (pending || data.has(UPLOADING)) return
    send(data)
  }

  // What was wrong with a field is said until the field is changed.
  function onChange({ target }: FormEvent<HTMLFormElement>) {
    const name = 'name' in target ? String(target.name) : ''
    const names = mended?.of === state ? mended.names : []
    if (state.errors[name]) setMended({ of: state, names: [...names, name] })
  }

  const shown = useMemo(() => {
    if (mended?.of !== state) return state
    const errors = Object.entries(state.errors).filter(([name]) => !mended.names.includes(name))
    return { ...state, errors: Object.fromEntries(errors) }
  }, [state, mended])

  if (done && state.status === 'done') return done(state)
  const release = () => setHeld(false)
  return (
    <form
      ref={form}
      action={formAction}
      onSubmit={onSubmit}
      onChange={onChange}
      className={className}
      noValidate
    >
      <FormContext value={shown}>
        <Held value={{ isHeld, release, resume: () => form.current?.requestSubmit() }}>
          <Pending value={pending}>{children}</Pending>
        </Held>
      </FormContext>
    </form>
  )
}

/** The name that a form posts once for each file on its way. */
export const UPLOADING = 'isUploading'

type Props = Omit<FrameProps, 'className'> &
  Pick<ButtonProps, 'fullWidth' | 'variant' | 'color'> & {
    /** What the button does, e.g. `Sign in`. */
    submit: string
  }

/** A form of one column that ends with its button. */
export function ActionForm({ action, submit, children, clear, done, ...button }: Props) {
  return (
    <FormFrame action={action} clear={clear} done={done}>
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
