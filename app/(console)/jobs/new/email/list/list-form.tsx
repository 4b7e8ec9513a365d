'use client'

import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { type FormEvent, startTransition, useActionState, useEffect, useRef, useState } from 'react'
import { useInBrowser } from '@/app/(console)/_components/time/ticker'
import { FormContext, FormMessage } from '@/app/form/action-form'
import { countOf } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import type { RenderedMail } from '@/lib/mail/render'
import type { TemplateDescription, TemplateName } from '@/lib/mail/template-names'
import classes from '../../new.module.css'
import { checkOrSend } from './actions'
import { CheckResult } from './check-result'
import { ListInput } from './list-input'
import type { ListState } from './list-state'
import { SamplePreview } from './sample-preview'

type Props = {
  templates: (TemplateDescription & { name: TemplateName })[]
  start: ListState
  firstPreview: RenderedMail
  /** Mails that start at most, in how many milliseconds. */
  rateLimit: { max: number; durationMs: number } | undefined
}

/** Checks a list row by row and shows what would be sent; then sends it as one batch. */
export function ListForm({ templates, start, firstPreview, rateLimit }: Props) {
  const [state, act, pending] = useActionState(checkOrSend, start)
  const { values, errors } = state
  const form = useRef<HTMLFormElement>(null)
  const select = useRef<HTMLSelectElement>(null)
  const inBrowser = useInBrowser()
  const [template, setTemplate] = useState(values.template ?? '')
  const [subject, setSubject] = useState(values.subject ?? '')
  const [stagger, setStagger] = useState(values.staggerMs ?? '')
  const [checkedState, setCheckedState] = useState(state)
  // What was found out holds until the list or the template changes.
  const checked = state === checkedState && inBrowser ? undefined : state.checked
  const description = templates.find(({ name }) => name === template) ?? templates[0]

  // What was chosen before scripts ran counts too.
  useEffect(() => {
    const chosen = templates.find(({ name }) => name === select.current?.value)
    if (chosen) setTemplate(chosen.name)
  }, [templates])

  function run(intent: 'check' | 'send') {
    if (!form.current) return
    const data = new FormData(form.current)
    // The text field holds what the file held.
    data.delete('file')
    data.set('intent', intent)
    startTransition(() => act(data))
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    run(checked && checked.count > 0 ? 'send' : 'check')
  }

  const forget = () => setCheckedState(state)
  const bad = checked?.counts.problems ?? 0
  const count = checked?.count ?? 0
  return (
    <div className={classes.columns}>
      <form ref={form} className={classes.form} action={act} onSubmit={onSubmit} noValidate>
        {inBrowser && <input type="hidden" name="scripted" value="1" />}
        <FormContext value={state}>
          <FormMessage />
        </FormContext>
        <NativeSelect
          name="template"
          label="Template"
          description={description?.description}
          ref={select}
          defaultValue={values.template}
          data={templates.map(({ name, label }) => ({ value: name, label }))}
          error={errors.template}
          onChange={({ currentTarget: { value } }) => {
            const chosen = templates.find(({ name }) => name === value)
            if (chosen) setTemplate(chosen.name)
            forget()
          }}
        />
        <TextInput
          name="subject"
          label="Subject"
          description="A column named “subject” goes before it."
          placeholder={description?.subject}
          value={subject}
          error={errors.subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <ListInput
          columns={description?.fields.map(({ name }) => name) ?? []}
          start={values.list ?? ''}
          error={checked ? undefined : errors.list}
          onChange={forget}
          onFile={() => run('check')}
        />
        {checked && <CheckResult checked={checked} />}
        <details className={classes.more} open={Boolean(errors.staggerMs ?? errors.title)}>
          <summary>More</summary>
          <div>
            <NumberInput
              name="staggerMs"
              label="Milliseconds apart"
              min={0}
              max={60_000}
              value={stagger}
              error={errors.staggerMs}
              onChange={(value) => setStagger(String(value))}
            />
            <TextInput
              name="title"
              label="Name of the batch"
              placeholder={`${description?.label ?? ''} mail to … people`}
              defaultValue={values.title}
              error={errors.title}
              maxLength={200}
            />
          </div>
        </details>
        <div className={classes.submit}>
          {bad > 0 && count > 0 && (
            <Checkbox name="leaveOutBad" label={`Leave out the ${countOf(bad, 'bad row')}`} />
          )}
          {count > 0 && (
            <Button type="submit" name="intent" value="send" loading={pending}>
              {`Send ${countOf(count, 'mail')}`}
            </Button>
          )}
          {count === 0 && (
            <Button type="submit" name="intent" value="check" loading={pending}>
              Check list
            </Button>
          )}
          {checked && errors.list && (
            <p className={classes.problem} role="alert">
              {errors.list}
            </p>
          )}
          <p className={classes.will}>{willDo(count, Number(stagger), rateLimit)}</p>
        </div>
      </form>
      <SamplePreview
        template={template}
        subject={subject}
        samples={checked?.samples ?? []}
        first={firstPreview}
      />
    </div>
  )
}

function willDo(count: number, staggerMs: number, rateLimit: Props['rateLimit']): string {
  if (count === 0) return 'Nothing is sent before you have seen what is in the list.'
  const staggered = (count - 1) * Math.max(staggerMs, 0)
  const limited = rateLimit ? Math.floor((count - 1) / rateLimit.max) * rateLimit.durationMs : 0
  const last = Math.max(staggered, limited)
  return last === 0 ? 'At once.' : `The last one leaves in about ${formatDuration(last)}.`
}
