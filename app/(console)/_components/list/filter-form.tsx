'use client'

import { IconFilter } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useTransition } from 'react'
import { PlainButton } from '../ui/button'
import classes from './filters.module.css'
import { hrefOf } from './href'

type Props = {
  path: string
  /** What is chosen, by field name; several values of a field with commas between them. */
  shown: Record<string, string>
  /** The field that stays in view where there is little room; the others then wait behind a button. */
  search?: ReactNode
  /** The fields. */
  fields: ReactNode
  /** What else the list is filtered by. */
  chips?: ReactNode
  /** The list, dimmed while another one is on its way. */
  children: ReactNode
}

/** Filters of a list: without scripts the form is sent, with them the list changes in place. */
export function FilterForm({ path, shown, search, fields, chips, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const isTyped = useRef(false)
  const sheet = useId()
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const { q, ...others } = shown
  const set = Object.values(others).filter(Boolean).length

  // The address may change otherwise than by this form, and the server may read it in another way.
  useEffect(() => {
    for (const field of form.current?.elements ?? []) {
      if (field === document.activeElement && isTyped.current) continue
      if (field instanceof HTMLInputElement && field.type === 'checkbox') {
        field.checked = (shown[field.name] ?? '').split(',').includes(field.value)
      } else if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) {
        field.value = shown[field.name] ?? ''
      }
    }
  }, [shown])

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    isTyped.current = false
    const chosen = new Map<string, string>()
    for (const [name, value] of new FormData(event.currentTarget)) {
      const before = chosen.get(name)
      const text = typeof value === 'string' ? value.trim() : ''
      chosen.set(name, before ? `${before},${text}` : text)
    }
    startTransition(() => router.push(hrefOf(path, Object.fromEntries(chosen))))
  }

  const clear = Object.values(shown).some(Boolean) && (
    <Link href={path} className={classes.clear}>
      Clear
    </Link>
  )
  return (
    <>
      <form
        ref={form}
        action={path}
        className={classes.filters}
        onSubmit={onSubmit}
        onInput={() => {
          isTyped.current = true
        }}
      >
        {search}
        {search ? (
          <>
            <PlainButton popoverTarget={sheet} icon={<IconFilter size={15} aria-hidden />}>
              Filters{set > 0 && ` (${set})`}
            </PlainButton>
            <div id={sheet} popover="auto" className={classes.sheet}>
              {fields}
              {clear}
              <PlainButton popoverTarget={sheet} kind="primary">
                Show the list
              </PlainButton>
            </div>
          </>
        ) : (
          <>
            {fields}
            {clear}
          </>
        )}
        {chips}
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
