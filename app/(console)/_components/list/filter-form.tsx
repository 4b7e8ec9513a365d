'use client'

import { IconSearch } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import {
  type ComponentProps,
  type FormEvent,
  type ReactNode,
  useEffect,
  useRef,
  useTransition,
} from 'react'
import { hrefOf } from './href'
import classes from './list.module.css'

type Props = {
  path: string
  /** What is chosen, by field name. */
  shown: Record<string, string>
  /** The fields. */
  fields: ReactNode
  /** The list, dimmed while another one is on its way. */
  children: ReactNode
}

/** Filters of a list: without scripts the form is sent, with them the list changes in place. */
export function FilterForm({ path, shown, fields, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const router = useRouter()
  const [pending, startTransition] = useTransition()

  // The address may change otherwise than by this form.
  useEffect(() => {
    for (const field of form.current?.elements ?? []) {
      if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) {
        if (document.activeElement !== field) field.value = shown[field.name] ?? ''
      }
    }
  }, [shown])

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const chosen = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()] as const] : [],
    )
    startTransition(() => router.push(hrefOf(path, Object.fromEntries(chosen))))
  }

  return (
    <>
      <form ref={form} action={path} className={classes.filters} onSubmit={onSubmit}>
        {fields}
        {Object.values(shown).some(Boolean) && (
          <Link href={path} className={classes.clear}>
            Clear
          </Link>
        )}
        {/* With two fields to type in, Enter sends a form only if it has such a button. */}
        <button type="submit" hidden />
        <noscript>
          <button type="submit" className={classes.field}>
            Filter
          </button>
        </noscript>
      </form>
      <div className={classes.results} aria-busy={pending}>
        {children}
      </div>
    </>
  )
}

export type Choice = { value: string; label: string }

type ChooseProps = {
  name: string
  label: string
  any: string
  value: string | undefined
  from: readonly Choice[]
}

/** A field of such a form that offers choices; a choice sends the form. */
export function Choose({ name, label, any, value = '', from }: ChooseProps) {
  return (
    <select
      name={name}
      aria-label={label}
      defaultValue={value}
      className={classes.field}
      onChange={(event) => event.currentTarget.form?.requestSubmit()}
    >
      <option value="">{any}</option>
      {from.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

type DayProps = { name: string; label: string; value: string | undefined }

/** A field of such a form that takes a day. */
export function ChooseDay({ name, label, value = '' }: DayProps) {
  return (
    <label className={classes.day}>
      {label}
      <input
        type="date"
        name={name}
        defaultValue={value}
        className={classes.field}
        onChange={(event) => {
          // While a year is being typed, what is there is a date already.
          const { value: chosen, form } = event.currentTarget
          if (!chosen || chosen >= '1970-01-01') form?.requestSubmit()
        }}
      />
    </label>
  )
}

type SearchProps = Pick<
  ComponentProps<'input'>,
  'name' | 'aria-label' | 'placeholder' | 'maxLength' | 'defaultValue'
> & { icon?: ReactNode }

/** A field of such a form that is typed into; Enter sends the form. */
export function Search({ icon = <IconSearch size={15} aria-hidden />, ...input }: SearchProps) {
  return (
    <div className={classes.search}>
      {icon}
      <input type="search" className={classes.field} {...input} />
    </div>
  )
}
