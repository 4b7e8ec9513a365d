'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from 'react'
import classes from './filter-form.module.css'

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
      typeof value === 'string' && value.trim() ? [[name, value.trim()]] : [],
    )
    const query = new URLSearchParams(chosen).toString()
    startTransition(() => router.push(query ? `${path}?${query}` : path))
  }

  return (
    <>
      <form ref={form} action={path} className={classes.filters} onSubmit={onSubmit}>
        {fields}
        <noscript>
          <button type="submit" className={classes.apply}>
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

type Choice = { value: string; label: string }
type ChooseProps = {
  name: string
  label: string
  any: string
  value: string
  from: readonly Choice[]
}

/** A field of such a form that offers choices; a choice sends the form. */
export function Choose({ name, label, any, value, from }: ChooseProps) {
  return (
    <select
      name={name}
      aria-label={label}
      defaultValue={value}
      className={classes.select}
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

/** A field of such a form that takes a day. */
export function ChooseDay({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label className={classes.day}>
      {label}
      <input
        type="date"
        name={name}
        defaultValue={value}
        className={classes.select}
        onChange={(event) => {
          // While a year is being typed, what is there is a date already.
          const { value: chosen, form } = event.currentTarget
          if (!chosen || chosen >= '1970-01-01') form?.requestSubmit()
        }}
      />
    </label>
  )
}
