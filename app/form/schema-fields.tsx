'use client'

import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FieldIssue } from '@/lib/errors/app-error'
import type { Field, RecordName } from '@/lib/forms/field'
import { nameOf } from '@/lib/forms/names'
import { partOf, propertyOf, textFor } from '@/lib/forms/write'
import { FieldItems } from './field-items'
import { exact, hintOf, messageOf } from './field-words'
import { RecordField } from './record-field'
import classes from './schema-fields.module.css'

/** The records of the person that fields can name, by the kind of record. */
export type RecordChoices = Record<RecordName, { value: string; label: string }[]>

type Shared = {
  /** What was found wrong, by the names of the fields. */
  issues: readonly FieldIssue[]
  /** What was typed before, by the names of the fields: goes before `values`. */
  typed?: Readonly<Record<string, string>> | undefined
  /** What fields that name a record offer; without it they ask for an id. */
  records?: RecordChoices | undefined
}

type Props = Shared & {
  /** What `fieldsOf` makes of the input's schema, on the server. */
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
export function SchemaFields({ fields, values, prefix, ...shared }: Props) {
  return fields.map((field) => (
    <OneField
      key={field.name}
      field={field}
      name={nameOf(prefix, field)}
      value={partOf(values, field)}
      {...shared}
    />
  ))
}

type FieldProps = Shared & { field: Field; name: string; value: unknown }

function OneField(props: FieldProps) {
  const { field, name, value, issues, typed, records } = props
  if (field.kind === 'group') return <Group {...props} fields={field.fields} />
  if (field.kind === 'variants') return <Variants {...props} field={field} />
  if (field.kind === 'items') return <Items {...props} field={field} />
  const common = {
    name,
    label: field.label,
    description: hintOf(field),
    placeholder: field.placeholder,
    error: messageOf(issues, name),
    withAsterisk: false,
    required: field.required && field.kind !== 'checkbox',
  }
  const text = typed?.[name] ?? textFor(field, value)
  switch (field.kind) {
    case 'checkbox': {
      const { placeholder, withAsterisk, required, ...own } = common
      return <Checkbox {...own} defaultChecked={typed ? name in typed : value === true} />
    }
    case 'choice':
      return (
        <NativeSelect {...common} defaultValue={text}>
          {(!field.required || text === '') && <option value="">–</option>}
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
          defaultValue={text}
        />
      )
    case 'date':
      return <TextInput {...common} type="date" defaultValue={text} />
    case 'datetime':
      return <TextInput {...common} type="datetime-local" step={1} defaultValue={text} />
    case 'list':
      return <Textarea {...common} autosize minRows={2} maxRows={12} defaultValue={text} />
    case 'json':
    case 'pairs':
      return (
        <Textarea
          {...common}
          autosize
          minRows={field.kind === 'json' ? 3 : 2}
          maxRows={20}
          spellCheck={false}
          classNames={{ input: classes.json }}
          defaultValue={text}
        />
      )
    case 'text':
      if (field.record && records) {
        const { placeholder, ...own } = common
        return <RecordField {...own} choices={records[field.record]} value={text} />
      }
      return field.input === 'multiline' ? (
        <Textarea {...common} autosize minRows={3} maxRows={12} defaultValue={text} />
      ) : (
        <TextInput {...common} type={field.input} defaultValue={text} />
      )
  }
}

type ItemsProps = FieldProps & { field: Extract<Field, { kind: 'items' }> }

function Items({ field, name, value, issues, typed, records }: ItemsProps) {
  return (
    <FieldItems
      name={name}
      label={field.label}
      itemLabel={field.item.label}
      description={field.description}
      values={Array.isArray(value) ? value : []}
      text={typed?.[name] ?? textFor(field, value)}
      error={messageOf(issues, name)}
      issues={issues}
    >
      {(item) => (
        <OneField
          field={{ ...field.item, label: item.label }}
          name={item.name}
          value={item.value}
          issues={item.issues}
          records={records}
        />
      )}
    </FieldItems>
  )
}

function Group({ field, fields, name, value, ...shared }: FieldProps & { fields: Field[] }) {
  return (
    <fieldset className={classes.group}>
      <legend>{field.label}</legend>
      {field.description && <p>{field.description}</p>}
      {fields.map((inner) => (
        <OneField
          key={inner.name}
          field={inner}
          name={nameOf(name, inner)}
          value={partOf(value, inner)}
          {...shared}
        />
      ))}
    </fieldset>
  )
}

type VariantsProps = FieldProps & { field: Extract<Field, { kind: 'variants' }> }

function Variants({ field, name, value, issues, typed, records }: VariantsProps) {
  const { tag, variants } = field
  const tagName = `${name}.${tag}`
  const given = typed?.[tagName] ?? propertyOf(value, tag)
  const [chosen, choose] = useState(
    String(given ?? (field.required ? (variants[0]?.value ?? '') : '')),
  )
  const variant = variants.find((candidate) => candidate.value === chosen)
  return (
    <fieldset className={classes.group}>
      <legend>{field.label}</legend>
      <NativeSelect
        name={tagName}
        label="Kind"
        description={field.description}
        error={messageOf(issues, tagName) ?? exact(issues, name)}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {!field.required && <option value="">–</option>}
        {variants.map((candidate) => (
          <option key={candidate.value} value={candidate.value}>
            {candidate.label}
          </option>
        ))}
      </NativeSelect>
      {variant?.fields.map((inner) => (
        <OneField
          key={`${chosen}.${inner.name}`}
          field={inner}
          name={nameOf(name, inner)}
          value={partOf(value, inner)}
          issues={issues}
          typed={typed}
          records={records}
        />
      ))}
    </fieldset>
  )
}
