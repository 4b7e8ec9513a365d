'use client'

import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { useAnswer } from '@/app/form/use-answer'
import type { Days } from '@/lib/retention/settings'
import { preview, type Subject } from './actions'
import classes from './retention.module.css'

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

/** What would go, in words: counted again a moment after the days were changed. */
function usePreview(subject: Subject, wanted: Days, saved: Days, due: string): string {
  const isAsked = wanted !== null && Number.isInteger(wanted) && wanted >= 1
  const question = isAsked || wanted === saved ? JSON.stringify([subject, wanted]) : ''
  const known = useAnswer(question, count, due)
  if (wanted === null) return 'The next run removes none.'
  const isCounted = known.question === question && known.answer
  return isCounted || 'Counting what the next run removes …'
}

function count(question: string): Promise<string | undefined> {
  const [subject, days] = JSON.parse(question)
  return preview(subject, days)
}
