import { JsonRefusal, JsonScan, usualLimits } from '@/app/_server/http/json-scan'
import type { FieldIssue } from '@/lib/errors/app-error'
import type { Field } from './field'
import { nameOf } from './names'

/** What a form says, as the input it means. */
export type FormReading = { input: unknown; issues: FieldIssue[] }

/**
 * Makes an input of the posted fields of a generated form. Empty fields are left out; what is no
 * number stays as it was typed, for the schema to refuse.
 * @param prefix the name of the whole input, e.g. `input`: its fields are `input.to`, …
 */
export function readFields(fields: readonly Field[], form: FormData, prefix: string): FormReading {
  const issues: FieldIssue[] = []
  const [single] = fields
  const input =
    fields.length === 1 && single?.name === ''
      ? readField(single, prefix, form, issues)
      : readGroup(fields, prefix, form, issues)
  return { input, issues }
}

function readGroup(
  fields: readonly Field[],
  prefix: string,
  form: FormData,
  issues: FieldIssue[],
): Record<string, unknown> {
  const entries = fields.map((field): [string, unknown] => [
    field.name,
    readField(field, nameOf(prefix, field), form, issues),
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function readField(field: Field, name: string, form: FormData, issues: FieldIssue[]): unknown {
  if (field.kind === 'checkbox') return form.has(name)
  if (field.kind === 'group') {
    const group = readGroup(field.fields, name, form, issues)
    const isEmpty = Object.values(group).every(saysNothing)
    return field.required || !isEmpty ? group : emptyOf(field)
  }
  // Without scripts a list of objects is one text.
  if (field.kind === 'items' && !form.has(name)) return readItems(field, name, form, issues)
  if (field.kind === 'pairs' && field.known) return readPairs(field, name, form, issues)
  const text = textIn(form, name)
  if (field.kind === 'variants') {
    const variant = field.variants.find(
      ({ value }) => value === textIn(form, `${name}.${field.tag}`),
    )
    if (!variant) return emptyOf(field)
    return { [field.tag]: variant.value, ...readGroup(variant.fields, name, form, issues) }
  }
  return text.trim() === '' ? emptyOf(field) : readText(field, text, name, issues)
}

function readItems(
  field: Field & { kind: 'items' },
  name: string,
  form: FormData,
  issues: FieldIssue[],
): unknown {
  const places = new Set(namesUnder(form, name).map((key) => Number.parseInt(key, 10)))
  const items = [...places]
    .sort((a, b) => a - b)
    .map((place) => readField(field.item, `${name}.${place}`, form, issues))
  return items.length > 0 ? items : emptyOf(field)
}

/** Texts with a field each; without scripts there are lines for more of them. */
function readPairs(
  field: Field & { kind: 'pairs' },
  name: string,
  form: FormData,
  issues: FieldIssue[],
): unknown {
  const known = namesUnder(form, name).map((key): [string, unknown] => {
    const text = textIn(form, `${name}.${key}`).replaceAll('\r\n', '\n')
    return [key, text.trim() && text]
  })
  const more = readField({ ...field, known: undefined }, name, form, issues)
  const filled = known.filter(([, text]) => text !== '')
  return { ...(typeof more === 'object' ? more : {}), ...Object.fromEntries(filled) }
}

/** What comes after `<name>.` in the names of fields that begin so. */
function namesUnder(form: FormData, name: string): string[] {
  const keys = [...form.keys()].filter((key) => key.startsWith(`${name}.`))
  return keys.map((key) => key.slice(name.length + 1))
}

/** A text that must be there is there, empty: its schema says what is missing. */
function emptyOf(field: Field): unknown {
  if (field.nullable && field.required) return null
  if (!field.required) return undefined
  if (field.kind === 'list' || field.kind === 'items') return []
  return field.kind === 'text' ? '' : undefined
}

/** What fields hold that nobody touched. */
function saysNothing(value: unknown): boolean {
  return (
    value === false ||
    value === '' ||
    value === null ||
    (Array.isArray(value) && value.length === 0)
  )
}

function readText(field: Field, text: string, name: string, issues: FieldIssue[]): unknown {
  switch (field.kind) {
    case 'number':
      return numberOf(text)
    case 'choice':
      return field.choices.find(({ value }) => value === text)?.means ?? text
    case 'datetime':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? `${text}:00Z` : withZone(text)
    case 'list': {
      const lines = text.split(/\r?\n/).map((line) => line.trim())
      const values = lines.filter(Boolean)
      return field.of === 'number' ? values.map(numberOf) : values
    }
    case 'json':
    case 'items':
      return jsonOf(text, name, issues)
    case 'pairs':
      return /^\s*[[{]/.test(text) ? jsonOf(text, name, issues) : pairsOf(text, name, issues)
    case 'text':
      return field.input === 'multiline' ? text.replaceAll('\r\n', '\n') : text.trim()
    default:
      return text
  }
}

function withZone(text: string): string {
  return /T\d\d:\d\d:\d\d(\.\d{1,9})?$/.test(text) ? `${text}Z` : text
}

function numberOf(text: string): number | string {
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

function jsonOf(text: string, path: string, issues: FieldIssue[]): unknown {
  try {
    new JsonScan(text, usualLimits).advance(text.length)
    return JSON.parse(text)
  } catch (error) {
    const message =
      error instanceof JsonRefusal
        ? `This ${error.message}`
        : 'This is not valid JSON. Texts stand in double quotation marks.'
    issues.push({ path, message })
    return undefined
  }
}

function pairsOf(text: string, path: string, issues: FieldIssue[]): Record<string, string> {
  const pairs: [string, string][] = []
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const colon = line.indexOf(':')
    if (colon > 0) pairs.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()])
    else issues.push({ path, message: `Expected a line like name: value, not “${line.trim()}”` })
  }
  return Object.fromEntries(pairs)
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
