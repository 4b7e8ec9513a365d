'use client'

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import type { RenderedMail } from '@/lib/mail/render'
import { type TemplateField, type TemplateName, templates } from '@/lib/mail/template-names'
import { keepDraft } from '../../../schedules/draft'
import { issueLookup } from '../issue-lookup'
import { JobForm } from '../job-form'
import classes from '../new.module.css'
import { noOptions, type OptionValues, toJobOptions, verbOf, whenWords } from '../options'
import { OptionsFields } from '../options-fields'
import type { Problem } from '../submission'
import { send } from './actions'
import { type MailValues, sendable } from './mail-values'
import { Preview } from './preview'

type Props = {
  start: MailValues
  /** The templates to choose from. */
  names: readonly TemplateName[]
  options: OptionValues | undefined
  /** The job this one is duplicated from. */
  originalId: string | undefined
  firstPreview: RenderedMail
}

/** Composes one mail and shows it while it is written. */
export function EmailForm({ start, names, originalId, firstPreview, ...props }: Props) {
  const router = useRouter()
  const [values, setValues] = useState(start)
  const [options, setOptions] = useState(props.options ?? noOptions)
  const [problem, setProblem] = useState<Problem>()
  const [pending, startTransition] = useTransition()
  const template = templates[values.template]
  const issueOf = issueLookup(problem?.issues ?? [])
  const set = (change: Partial<MailValues>) => setValues({ ...values, ...change })

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const input = { ...sendable(values), to: values.to.trim() }
    if (options.when === 'schedule') return router.push(keepDraft({ type: 'email', input }))
    startTransition(async () => {
      setProblem(await send(input, toJobOptions(options, originalId)))
    })
  }

  return (
    <div className={classes.columns}>
      <JobForm problem={problem} onSubmit={onSubmit}>
        <NativeSelect
          label="Template"
          description={template.description}
          value={values.template}
          data={names.map((name) => ({ value: name, label: templates[name].label }))}
          error={issueOf('input.template')}
          onChange={({ currentTarget: { value } }) => {
            const chosen = names.find((name) => name === value)
            if (chosen) set({ template: chosen })
          }}
        />
        <TextInput
          label="To"
          type="email"
          name="to"
          autoComplete="off"
          placeholder="ann@example.com"
          value={values.to}
          error={issueOf('input.to')}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <TextInput
          label="Subject"
          name="subject"
          placeholder={template.subject}
          value={values.subject}
          error={issueOf('input.subject')}
          onChange={(event) => set({ subject: event.currentTarget.value })}
        />
        {template.fields.map((field) => (
          <VariableField
            key={`${values.template}.${field.name}`}
            field={field}
            value={values.variables[field.name] ?? ''}
            error={issueOf(`input.variables.${field.name}`)}
            onChange={(value) => set({ variables: { ...values.variables, [field.name]: value } })}
          />
        ))}
        <OptionsFields values={options} errors={issueOf} onChange={setOptions} />
        <div className={classes.submit}>
          <Button type="submit" loading={pending}>
            {verbOf(options, 'Send email', 'Schedule email')}
          </Button>
          <p className={classes.will}>
            {template.label} mail{values.to && ` to ${values.to.trim()}`}, {whenWords(options)}.
          </p>
        </div>
      </JobForm>
      <Preview values={values} first={firstPreview} />
    </div>
  )
}

type VariableProps = {
  field: TemplateField
  value: string
  error: string | undefined
  onChange(value: string): void
}

function VariableField({ field, value, error, onChange }: VariableProps) {
  const { name, label, placeholder, kind } = field
  if (kind === 'multiline') {
    return (
      <Textarea
        {...{ name, label, placeholder, value, error }}
        autosize
        minRows={3}
        maxRows={12}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      {...{ name, label, placeholder, value, error }}
      type={kind === 'url' ? 'url' : 'text'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
