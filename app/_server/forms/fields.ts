import { z } from 'zod'
import { type FormHints, formHints } from '@/lib/jobs/form-hints'
import type { Field, FieldBase, Variant } from './field'

/** What forms look at in JSON Schema (draft 2020-12); the rest is the definition's to check. */
const nodeSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  'x-form': z.custom<FormHints>((hints) => typeof hints === 'object').default({}),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
})
type Node = z.output<typeof nodeSchema>

/** Texts that may be longer than this get a field of several lines. */
const ONE_LINE = 200
/** Groups inside each other; what is deeper is asked for as JSON. */
const MAX_DEPTH = 4

/**
 * The fields of a form for inputs of this schema. An object gives a field for each property, anything
 * else one field without a name.
 */
export function fieldsOf(schema: z.ZodType): Field[] {
  const node = readNode(
    z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
      override({ zodSchema, jsonSchema }) {
        const hints = formHints.get(zodSchema)
        if (hints) jsonSchema['x-form'] = hints
      },
    }),
  )
  const field = fieldOf('', node, true, 0)
  return field.kind === 'group' ? field.fields : [field]
}

function readNode(schema: unknown): Node {
  return nodeSchema.safeParse(schema).data ?? { 'x-form': {} }
}

function fieldOf(name: string, given: Node, required: boolean, depth: number): Field {
  const { node, nullable } = withoutNull(given)
  const hints = { ...node['x-form'], ...given['x-form'] }
  const base: FieldBase = {
    name,
    label: given.title ?? node.title ?? inWords(name),
    required: required && given.default === undefined,
    nullable,
    ...optional('description', given.description ?? node.description),
    ...optional('default', given.default ?? node.default),
    ...optional('placeholder', hints.placeholder ?? exampleOf(node)),
    ...optional('about', hints.about),
    ...optional('each', hints.each),
    ...optional('forAdmins', hints.forAdmins),
    ...optional('list', hints.list),
    ...optional('shownIf', hints.shownIf),
    ...optional('unit', hints.unit),
    ...optional('widget', hints.widget),
  }
  return { ...base, ...kindOf({ ...node, 'x-form': hints }, base, depth) }
}

type Kind = Field extends infer F ? (F extends Field ? Omit<F, keyof FieldBase> : never) : never

function kindOf(node: Node, { required, default: initial }: FieldBase, depth: number): Kind {
  const { labels, knownTexts } = node['x-form']
  if (node.enum || node.const !== undefined) return choicesOf(node.enum ?? [node.const], labels)
  const branches = node.oneOf ?? node.anyOf
  if (branches) {
    const read = branches.map(readNode)
    if (read.every(isPlainText)) return { kind: 'text', input: 'text' }
    return variantsOf(read, depth) ?? { kind: 'json' }
  }
  switch (node.type) {
    case 'string':
      return textOf(node)
    case 'integer':
    case 'number':
      return {
        kind: 'number',
        integer: node.type === 'integer',
        ...optional('min', inReach(node.minimum)),
        ...optional('max', inReach(node.maximum)),
      }
    case 'boolean':
      if (labels) return choicesOf([false, true], labels)
      if (required || initial !== undefined) return { kind: 'checkbox' }
      return choicesOf([true, false], { true: 'Yes', false: 'No' })
    case 'array':
      return listOf(readNode(node.items), depth)
    case 'object':
      if (holdsTexts(node)) return { kind: 'pairs', ...optional('known', knownTexts) }
      return groupOf(node, depth) ?? { kind: 'json' }
    default:
      return { kind: 'json' }
  }
}

function textOf({ format, maxLength, 'x-form': hints }: Node): Kind {
  if (format === 'date') return { kind: 'date' }
  if (format === 'date-time') return { kind: 'datetime' }
  const isLong = format === undefined && maxLength !== undefined && maxLength > ONE_LINE
  const usual = format === 'email' ? 'email' : format === 'uri' ? 'url' : 'text'
  const input = hints.input ?? (isLong ? 'multiline' : usual)
  return {
    kind: 'text',
    input,
    ...optional('maxLength', maxLength),
    ...optional('record', hints.record),
    ...optional('none', hints.labels?.['']),
  }
}

function choicesOf(values: unknown[], labels: FormHints['labels'] = {}): Kind {
  return {
    kind: 'choice',
    choices: values.map((means) => {
      const value = String(means)
      const usual = typeof means === 'string' ? inWords(means) : value
      return { value, label: labels[value] ?? usual, means }
    }),
    ...optional('none', labels['']),
  }
}

function listOf(node: Node, depth: number): Kind {
  const { type, enum: only } = node
  if (type === 'string' || only) return { kind: 'list', of: 'text' }
  if (type === 'number' || type === 'integer') return { kind: 'list', of: 'number' }
  const item = fieldOf('', node, true, depth + 1)
  return item.kind === 'group' || item.kind === 'variants'
    ? { kind: 'items', item }
    : { kind: 'json' }
}

/** Texts of several forms, such as a day or a time. */
function isPlainText({ type, enum: only, const: single }: Node): boolean {
  return type === 'string' && !only && single === undefined
}

/** An object whose names are the person's to choose, and whose values may be texts. */
function holdsTexts({ properties, additionalProperties }: Node): boolean {
  if (properties || typeof additionalProperties !== 'object' || !additionalProperties) return false
  const value = readNode(additionalProperties)
  const forms = value.anyOf?.map(readNode) ?? [value]
  return forms.every(isPlainText) || Object.keys(additionalProperties).length === 0
}

function groupOf({ properties, required = [] }: Node, depth: number): Kind | undefined {
  const names = Object.keys(properties ?? {})
  // A dot would read as a path.
  if (names.length === 0 || depth >= MAX_DEPTH || names.some((name) => name.includes('.'))) {
    return undefined
  }
  const fields = names.map((name) =>
    fieldOf(name, readNode(properties?.[name]), required.includes(name), depth + 1),
  )
  return { kind: 'group', fields }
}

/** Objects that one property with a constant value each tells apart. */
function variantsOf(branches: Node[], depth: number): Kind | undefined {
  const tag = Object.keys(branches[0]?.properties ?? {}).find((name) =>
    branches.every(({ properties }) => typeof readNode(properties?.[name]).const === 'string'),
  )
  if (tag === undefined || depth >= MAX_DEPTH) return undefined
  const variants = branches.map((branch): Variant => {
    const value = String(readNode(branch.properties?.[tag]).const)
    const { [tag]: _tag, ...properties } = branch.properties ?? {}
    const group = groupOf({ ...branch, properties }, depth)
    const fields = group?.kind === 'group' ? group.fields : []
    return { value, label: branch.title ?? inWords(value), fields }
  })
  return { kind: 'variants', tag, variants }
}

/** The schema of what is there when it is not null. */
function withoutNull(node: Node): { node: Node; nullable: boolean } {
  if (Array.isArray(node.type)) {
    const types = node.type.filter((type) => type !== 'null')
    return {
      node: { ...node, type: types.length === 1 ? types[0] : types },
      nullable: types.length < node.type.length,
    }
  }
  const branches = node.anyOf?.map(readNode)
  const rest = branches?.filter(({ type }) => type !== 'null')
  if (!branches || !rest || rest.length === branches.length) return { node, nullable: false }
  const [single] = rest
  return { node: rest.length === 1 && single ? single : { ...node, anyOf: rest }, nullable: true }
}

function exampleOf({ examples }: Node): string | undefined {
  const [example] = examples ?? []
  return typeof example === 'string' || typeof example === 'number' ? String(example) : undefined
}

/** Zod writes the limits of safe integers where there is no limit. */
function inReach(limit: number | undefined): number | undefined {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined
}

/** `maxRetries`, `max_retries` and `max-retries` as `Max retries`. */
function inWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  const entry: { [key in K]?: V } = {}
  if (value !== undefined) entry[key] = value
  return entry
}
