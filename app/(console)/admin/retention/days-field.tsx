'use client'

import { Checkbox, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import type { Days } from '@/lib/retention/settings'
import { preview, type Subject } from './actions'
import classes from './retention.module.css'

/** Typing stops this long before it is counted what would go, in milliseconds. */
const PAUSE_MS = 300

type Props = {
  name: string
  label: string
  days: Days
  /** What days to begin with, where they are kept for ever now. */
  usual: number
  subject: Subject
  /** What the next run removes as things are, in words. */
  due: string
}

/** For how many days something is kept; says what would go then, before it is saved. */
export function DaysField({ name, label, days, usual, subject, due }: Props) {
  const { errors, values } = useFormState()
  const [text, setText] = useState(values[name] ?? `${days ?? usual}`)
  const [forever, setForever] = useState(days === null)
  const wanted = forever ? null : Number(text)
  const words = usePreview(subject, wanted, days, due)
  return (
    <fieldset className={classes.field}>
      <legend>{label}</legend>
      <TextInput
        name={name}
        aria-label={`${label}: days`}
        type="number"
        min={1}
        step={1}
        value={text}
        disabled={forever}
        error={errors[name]}
        onChange={(event) => setText(event.currentTarget.value)}
        rightSection="days"
        rightSectionWidth={52}
        rightSectionPointerEvents="none"
        w={140}
      />
      <Checkbox
        name={`${name}.forever`}
        label="Keep for ever"
        checked={forever}
        onChange={(event) => setForever(event.currentTarget.checked)}
      />
      <p aria-live="polite" data-changed={wanted !== days || undefined}>
        {words}
      </p>
    </fieldset>
  )
}

/** What would go, in words: counted anew a moment after the days were changed. */
function usePreview(subject: Subject, wanted: Days, saved: Days, due: string): string {
  const [counted, setCounted] = useState<{ days: Days; words: string }>({ days: saved, words: due })
  const asked = JSON.stringify(subject)

  useEffect(() => {
    if (wanted === null || !Number.isInteger(wanted) || wanted < 1) return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const words = await preview(JSON.parse(asked), wanted).catch(() => undefined)
      if (isCurrent && words) setCounted({ days: wanted, words })
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [asked, wanted])

  if (wanted === null) return 'The next run removes none.'
  return counted.days === wanted ? counted.words : 'Counting what the next run removes …'
}
