'use client'

import { IconSearch } from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'
import classes from './filters.module.css'
import { Menu } from './menu'

type Choice = {
  value: string
  label: string
  /** What it means, where several can be taken. */
  note?: string
}

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

type SeveralProps = Omit<ChooseProps, 'value'> & { values: readonly string[] }

/** A field of such a form that offers choices of which several may be taken; each sends the form. */
export function ChooseSeveral({ name, label, any, values, from }: SeveralProps) {
  const chosen = from.filter(({ value }) => values.includes(value))
  const words = chosen.map((choice) => choice.label).join(', ')
  return (
    <Menu label={words || any} name={`${label}: ${words || any}`}>
      <fieldset>
        <legend>{label}</legend>
        {from.map((choice) => (
          <label key={choice.value}>
            <input
              type="checkbox"
              name={name}
              value={choice.value}
              defaultChecked={values.includes(choice.value)}
              onChange={(event) => event.currentTarget.form?.requestSubmit()}
            />
            <span>
              {choice.label}
              {choice.note && <small>{choice.note}</small>}
            </span>
          </label>
        ))}
      </fieldset>
    </Menu>
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
  | ('name' | 'aria-label' | 'placeholder' | 'maxLength' | 'defaultValue')
  | ('id' | 'title' | 'aria-keyshortcuts')
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
