'use client'

import { Textarea, type TextareaProps, TextInput } from '@mantine/core'
import { useRef } from 'react'
import type { Field } from '@/app/_server/forms/field'
import { propertyOf } from '@/app/_server/forms/write'
import { useFormState } from '../action-form'
import { useLiveInput } from './live-input'
import classes from '../form.module.css'

type Props = {
  known: NonNullable<Extract<Field, { kind: 'pairs' }>['known']>
  name: string
  value: unknown
  /** The lines that hold any name, for when scripts cannot show the fields of another choice. */
  lines: TextareaProps
}

/** A field for each text that goes with what is chosen beside it. */
export function KnownTexts({ known, name, value, lines }: Props) {
  const { status, values, errors } = useFormState()
  const { posted, input } = useLiveInput()
  // What was typed stays for when one comes back to a choice that has it.
  const typed = useRef<Record<string, string>>({})
  const by = `${name.slice(0, name.lastIndexOf('.') + 1)}${known.by}`
  const texts = known.of[posted[by] ?? String(propertyOf(input, known.by) ?? '')] ?? []
  return (
    <>
      {texts.map(({ name: text, label, placeholder, kind }) => {
        const field = `${name}.${text}`
        const before = status === 'failed' ? values[field] : propertyOf(value, text)
        const common = {
          name: field,
          label,
          placeholder,
          error: errors[field],
          defaultValue: typed.current[field] ?? String(before ?? ''),
          className: classes.wide,
          onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
            typed.current[field] = currentTarget.value
          },
        }
        const key = `${posted[by] ?? ''}.${text}`
        if (kind !== 'multiline') return <TextInput key={key} {...common} type={kind} />
        return <Textarea key={key} {...common} autosize minRows={3} maxRows={12} />
      })}
      <noscript>
        <Textarea {...lines} description="One to a line, as name: value." defaultValue="" />
      </noscript>
    </>
  )
}
