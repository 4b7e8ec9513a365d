'use client'

import { IconSearch, IconUser } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from 'react'
import classes from './jobs.module.css'
import { jobsHref } from './jobs-href'
import { linkedNames, type Shown } from './shown'

type Choice = { value: string; label: string }

type Props = {
  /** What the list is filtered by; empty where it is not. */
  shown: Shown
  choices: { types: Choice[]; statuses: Choice[]; periods: Choice[] }
  /** Admins look for the jobs of one person. */
  withOwner: boolean
  /** What else than the fields the list is filtered by. */
  linked: ReactNode
  /** The list, dimmed while another one is on its way. */
  children: ReactNode
}

/** Filters as a form: without scripts it is sent, with them the list changes in place. */
export function FilterBar({ shown, choices, withOwner, linked, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const router = useRouter()
  const [pending, startTransition] = useTransition()

  // The address may change otherwise than by this form.
  useEffect(() => {
    for (const field of form.current?.elements ?? []) {
      if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) {
        const value = new Map(Object.entries(shown)).get(field.name)
        if (value !== undefined && document.activeElement !== field) field.value = value
      }
    }
  }, [shown])

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()] as const] : [],
    )
    startTransition(() => router.push(jobsHref(Object.fromEntries(fields))))
  }

  const isFiltered = Object.values(shown).some(Boolean)
  return (
    <>
      <form ref={form} action="/jobs" className={classes.filters} onSubmit={onSubmit}>
        <Choose name="type" label="Type" any="All types" value={shown.type} from={choices.types} />
        <Choose
          name="status"
          label="Status"
          any="Any status"
          value={shown.status}
          from={choices.statuses}
        />
        <Choose
          name="period"
          label="Period"
          any="Any time"
          value={shown.period}
          from={choices.periods}
        />
        <div className={classes.text}>
          <IconSearch size={15} aria-hidden />
          <input
            type="search"
            name="q"
            aria-label="Search input, tags and errors"
            placeholder="Search input, tags, errors…"
            maxLength={200}
            defaultValue={shown.q}
          />
        </div>
        {withOwner && !shown.owner && (
          <div className={`${classes.text} ${classes.who}`}>
            <IconUser size={15} aria-hidden />
            <input
              type="search"
              name="who"
              aria-label="Owner, by name or email"
              placeholder="Owner…"
              maxLength={100}
            />
          </div>
        )}
        {linkedNames.map(
          (name) =>
            shown[name] && <input key={name} type="hidden" name={name} value={shown[name]} />,
        )}
        {/* With two fields to type in, Enter sends a form only if it has such a button. */}
        <button type="submit" hidden />
        <noscript>
          <button type="submit" className={classes.apply}>
            Filter
          </button>
        </noscript>
        {linked}
        {isFiltered && (
          <Link href="/jobs" className={classes.clear}>
            Clear
          </Link>
        )}
      </form>
      <div className={classes.results} aria-busy={pending}>
        {children}
      </div>
    </>
  )
}

type ChooseProps = { name: string; label: string; any: string; value: string; from: Choice[] }

function Choose({ name, label, any, value, from }: ChooseProps) {
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
