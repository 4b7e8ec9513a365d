'use client'

import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type ComponentProps, useContext, useState } from 'react'
import type { Field } from '@/app/_server/forms/field'
import { nameOf } from '@/app/_server/forms/names'
import { partOf, propertyOf, textFor } from '@/app/_server/forms/write'
import { useFormState } from '../action-form'
import { CropField } from './crop-field'
import { DaysField } from './days-field'
import { FieldItems } from './field-items'
import { FileField } from './file-field'
import { KnownTexts } from './known-texts'
import { useLiveInput } from './live-input'
import { type Placed, Records } from './placed'
import { RecordField } from './record-field'
import classes from '../form.module.css'
import { TimezoneField } from '../timezone-field'

type Kind<K extends Field['kind']> = Extract<Field, { kind: K }>

type Props = {
  /** What `formTypeOf` makes of a definition, on the server. */
  fields: readonly Field[]
  /** The input to start from; undefined for none. */
  values?: unknown
  /** The name of the whole input: its fields are `<prefix>.to`, … */
  prefix: string
}

/**
 * The fields of a form for any input that JSON Schema describes. They are posted under their names,
 * with scripts or without; `readFields` makes the input of them again.
 */
export function SchemaFields({ fields, values, prefix }: Props) {
  const { posted } = useLiveInput()
  const placed = fields.map((field) => ({
    field,
    name: nameOf(prefix, field),
    value: partOf(values, field),
  }))
  const textOf = (wanted: string) => {
    const sibling = placed.find(({ field }) => field.name === wanted)
    if (!sibling) return ''
    return posted[sibling.name] ?? textFor(sibling.field, sibling.value)
  }
  const neighbours = (widget: Field['widget']) =>
    placed.filter(({ field }) => field.widget === widget)
  return placed.map((one) => {
    const { field } = one
    const together = field.widget ? neighbours(field.widget) : []
    if (field.widget === 'days') {
      return one === together[0] && <DaysField key={field.name} bounds={together} />
    }
    if (field.widget === 'crop') {
      return one === together[0] && <CropField key={field.name} sides={together} />
    }
    if (!field.shownIf && !field.list) return <OneField key={field.name} {...one} />
    const isMet = Object.entries(field.shownIf ?? {}).every(([sibling, wanted]) => {
      const text = textOf(sibling)
      return typeof wanted === 'boolean' ? wanted === (text !== '') : wanted.includes(text)
    })
    const isShown = isMet && !(field.list && posted.when === 'list')
    // What is hidden keeps what was typed, but is not posted.
    return (
      <fieldset key={field.name} disabled={!isShown} hidden={!isShown} className={classes.contents}>
        <OneField {...one} />
      </fieldset>
    )
  })
}

function OneField({ field, name, value }: Placed) {
  const { status, values, errors } = useFormState()
  const records = useContext(Records)
  const { posted } = useLiveInput()
  if (field.kind === 'group') return <Group field={field} name={name} value={value} />
  if (field.kind === 'variants') return <Variants field={field} name={name} value={value} />
  const typed = status === 'failed' ? values : undefined
  const text = typed?.[name] ?? textFor(field, value)
  if (field.kind === 'items') {
    return (
      <FieldItems field={field} name={name} value={value} text={text}>
        {(fields, item, prefix) => <SchemaFields fields={fields} values={item} prefix={prefix} />}
      </FieldItems>
    )
  }
  const common = {
    name,
    label: field.label,
    description: field.about?.[posted[name] ?? text] ?? hintOf(field),
    placeholder: field.placeholder,
    error: errors[name],
    withAsterisk: false,
    required: field.required && field.kind !== 'checkbox',
    className: isShort(field) ? classes.short : classes.wide,
  }
  const lines = { ...common, autosize: true, maxRows: 20, defaultValue: text }
  const code = { ...lines, spellCheck: false, classNames: { input: classes.json } }
  switch (field.kind) {
    case 'checkbox': {
      const { placeholder, withAsterisk, required, ...own } = common
      return <Checkbox {...own} defaultChecked={typed ? name in typed : value === true} />
    }
    case 'choice':
      return (
        <NativeSelect {...common} defaultValue={text}>
          {(text === '' || (!field.required && field.default === undefined)) && (
            <option value="">{field.none ?? '–'}</option>
          )}
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </NativeSelect>
      )
    case 'number':
      return (
        <TextInput
          {...common}
          type="number"
          min={field.min}
          max={field.max}
          step={field.integer ? 1 : 'any'}
          rightSection={field.unit}
          rightSectionPointerEvents="none"
          defaultValue={text}
        />
      )
    case 'date':
      return <TextInput {...common} type="date" defaultValue={text} />
    case 'datetime':
      return <TextInput {...common} type="datetime-local" step={1} defaultValue={text} />
    case 'list':
      return <Textarea {...lines} minRows={2} />
    case 'json':
      return <Textarea {...code} minRows={3} />
    case 'pairs':
      if (field.known)
        return <KnownTexts known={field.known} name={name} value={value} lines={code} />
      return <Textarea {...code} minRows={2} />
    case 'text': {
      const { placeholder, ...own } = common
      if (field.widget === 'timezone') return <Timezone {...own} start={text} />
      if (field.record === 'file') return <FileField field={field} name={name} value={text} />
      if (field.record && records) {
        return (
          <RecordField {...own} choices={records[field.record]} value={text} none={field.none} />
        )
      }
      if (field.input === 'multiline') return <Textarea {...lines} minRows={3} />
      const isPlain = field.input !== 'text' || undefined
      return (
        <TextInput
          {...common}
          type={field.input}
          autoComplete="off"
          spellCheck={isPlain && false}
          defaultValue={text}
        />
      )
    }
  }
}

/** The time zone of an input; for a schedule it is the schedule's, unless it was another already. */
function Timezone(props: ComponentProps<typeof TimezoneField>) {
  const { posted } = useLiveInput()
  const [first, setFirst] = useState<string>()
  if (first === undefined && posted.timezone) setFirst(posted.timezone)
  const isSame = !posted.id || !props.start || props.start === first
  if (posted.when !== 'schedule' || !isSame) return <TimezoneField {...props} />
  return <input type="hidden" name={props.name} value={posted.timezone ?? ''} />
}

/** What is said below a field's label. */
function hintOf({ description, kind }: Field): string | undefined {
  if (kind === 'json') return description ?? 'As JSON.'
  const how = kind === 'list' ? 'One to a line.' : kind === 'datetime' ? 'In UTC.' : undefined
  return [description, how].filter(Boolean).join(' ') || undefined
}

/** Letters that fit into half a line. */
const SHORT = 18

/** Whether it shares a line with its neighbours. */
function isShort(field: Field): boolean {
  if (field.kind === 'choice') return field.choices.every(({ label }) => label.length <= SHORT)
  return field.kind === 'number' || field.kind === 'date'
}

function Group({ field, name, value }: Placed<Kind<'group'>>) {
  return (
    <fieldset className={classes.group}>
      <legend>{field.label}</legend>
      {field.description && <p>{field.description}</p>}
      <SchemaFields fields={field.fields} values={value} prefix={name} />
    </fieldset>
  )
}

function Variants({ field, name, value }: Placed<Kind<'variants'>>) {
  const { status, values, errors } = useFormState()
  const { tag, variants } = field
  const tagName = `${name}.${tag}`
  const given = (status === 'failed' ? values[tagName] : undefined) ?? propertyOf(value, tag)
  const first = field.required ? (variants[0]?.value ?? '') : ''
  const [chosen, choose] = useState(String(given ?? first))
  const variant = variants.find((candidate) => candidate.value === chosen)
  return (
    <fieldset className={classes.group}>
      <legend>{field.label}</legend>
      <NativeSelect
        name={tagName}
        label="Kind"
        description={field.description}
        error={errors[tagName] ?? errors[name]}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
        className={classes.wide}
      >
        {!field.required && <option value="">–</option>}
        {variants.map((candidate) => (
          <option key={candidate.value} value={candidate.value}>
            {candidate.label}
          </option>
        ))}
      </NativeSelect>
      <SchemaFields key={chosen} fields={variant?.fields ?? []} values={value} prefix={name} />
    </fieldset>
  )
}
