import type { Field } from '@/app/_server/forms/field'
import { fieldsOf } from '@/app/_server/forms/fields'
import { propertyOf } from '@/app/_server/forms/write'
import { findDefinition } from '@/lib/jobs/catalog'
import type { RecordName } from '@/lib/jobs/form-hints'

/** One value of an input, as people read it. */
export type Part = {
  /** Where it is in the input, e.g. `operations.0.width`. */
  path: string
  /** E.g. `Width`; empty where the entry's label says enough. */
  label: string
  text: string
  /** The text is the id of such a record. */
  record?: RecordName
}

/** What one field of an input says; as JSON where no other form fits. */
export type Entry = { path: string; label: string; parts: Part[]; json?: unknown }

/** The input of a job under the labels of its form; empty for a type that is not known here. */
export function readInput(type: string, input: unknown): Entry[] {
  const definition = findDefinition(type)
  if (!definition) return []
  const fields = fieldsOf(definition.input)
  const named = new Set(fields.map(({ name }) => name))
  const others = typeof input === 'object' && input !== null ? Object.entries(input) : []
  return [
    ...fields.flatMap((field) => entriesOf(field, propertyOf(input, field.name), field.name)),
    ...others.flatMap(([name, value]) =>
      named.has(name) ? [] : [{ path: name, label: name, parts: [], json: value }],
    ),
  ]
}

function entriesOf(field: Field, value: unknown, path: string, label = field.label): Entry[] {
  if (value === undefined || value === null) return []
  if (field.kind === 'json') return [{ path, label, parts: [], json: value }]
  if (field.kind === 'items' && Array.isArray(value)) {
    const { item } = field
    return value.flatMap((each, index) =>
      entriesOf(item, each, `${path}.${index}`, `${item.label || label} ${index + 1}`),
    )
  }
  const parts = partsOf(field, value, path, '')
  return parts.length > 0 ? [{ path, label, parts }] : []
}

function partsOf(field: Field, value: unknown, path: string, label: string): Part[] {
  if (value === undefined || value === null) return []
  switch (field.kind) {
    case 'group':
      return partsOfAll(field.fields, value, path)
    case 'variants': {
      const tag = propertyOf(value, field.tag)
      const variant = field.variants.find((each) => each.value === tag)
      if (!variant) return [{ path, label, text: JSON.stringify(value) }]
      const kind = { path: `${path}.${field.tag}`, label: '', text: variant.label }
      return [kind, ...partsOfAll(variant.fields, value, path)]
    }
    case 'pairs':
      return Object.entries(value).map(([name, text]) => ({
        path: `${path}.${name}`,
        label: labelOf(field, name),
        text: textOf(text),
      }))
    default: {
      const record = field.kind === 'text' && field.record ? { record: field.record } : {}
      return [{ path, label, text: scalarText(field, value), ...record }]
    }
  }
}

function partsOfAll(fields: Field[], value: unknown, path: string): Part[] {
  return fields
    .filter((field) => matters(field, value))
    .flatMap((field) =>
      partsOf(field, propertyOf(value, field.name), `${path}.${field.name}`, field.label),
    )
}

/** What a form hides beside these neighbours says nothing. */
function matters({ shownIf = {} }: Field, siblings: unknown): boolean {
  return Object.entries(shownIf).every(([name, wanted]) => {
    const given = propertyOf(siblings, name)
    if (typeof wanted === 'boolean') return wanted === (given !== undefined)
    return wanted.includes(String(given ?? ''))
  })
}

function labelOf({ known }: Extract<Field, { kind: 'pairs' }>, name: string): string {
  const all = Object.values(known?.of ?? {}).flat()
  return all.find((text) => text.name === name)?.label ?? name
}

function scalarText(field: Field, value: unknown): string {
  switch (field.kind) {
    case 'choice':
      return field.choices.find(({ means }) => means === value)?.label ?? textOf(value)
    case 'checkbox':
      return value === true ? 'Yes' : 'No'
    case 'number':
      return field.unit ? `${value} ${field.unit}` : String(value)
    case 'list':
      return Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value)
    default:
      return textOf(value)
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
