'use client'

import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import ui from '@/app/(console)/_components/ui/ui.module.css'
import { useFormState } from './action-form'

type FieldProps = {
  name: string
  label: string
  autoComplete: string
  description?: string
  defaultValue?: string
  autoFocus?: boolean
  readOnly?: boolean
  optional?: boolean
}

/** A line of text with its error beside it. */
export function TextField({
  type = 'text',
  defaultValue = '',
  optional = false,
  name,
  ...props
}: FieldProps & { type?: 'text' | 'email' | 'url' | 'number'; placeholder?: string }) {
  const { errors, values } = useFormState()
  return (
    <TextInput
      {...props}
      name={name}
      type={type}
      required={!optional}
      withAsterisk={false}
      defaultValue={values[name] ?? defaultValue}
      error={errors[name]}
      {...(type === 'email' || type === 'url' ? { inputMode: type, spellCheck: false } : {})}
      autoCapitalize={type === 'email' ? 'none' : undefined}
    />
  )
}

/** A password, which can be shown; password managers know it by its `autoComplete`. */
export function PasswordField({ name, ...props }: Omit<FieldProps, 'optional'>) {
  const { errors } = useFormState()
  return (
    <PasswordInput
      {...props}
      name={name}
      required
      withAsterisk={false}
      error={errors[name]}
      aria-invalid={errors[name] ? true : undefined}
    />
  )
}

/** What is wrong, where no field says it itself. */
export function Problem({ children }: { children: string | undefined }) {
  if (!children) return null
  return (
    <p className={`${ui.note} ${ui.tone}`} data-status="failed" role="alert">
      {children}
    </p>
  )
}

type ChoiceProps = {
  name: string
  label: string
  description?: string
  data: { value: string; label: string }[]
  start: string
}

/** One of a few, with its error beside it. */
export function ChoiceField({ name, start, ...props }: ChoiceProps) {
  const { errors, values } = useFormState()
  return (
    <NativeSelect
      {...props}
      name={name}
      defaultValue={values[name] ?? start}
      error={errors[name]}
      maw={360}
    />
  )
}
