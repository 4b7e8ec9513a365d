import type { Field } from './field'

/** The part of an input that a field holds; `{}` for a group that is not there. */
export function partOf(value: unknown, field: Pick<Field, 'name' | 'default'>): unknown {
  const part = field.name === '' ? value : propertyOf(value, field.name)
  return part === undefined ? field.default : part
}

/** A property of what may be no object at all. */
export function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return new Map<string, unknown>(Object.entries(value)).get(name)
}

/** A value as its field shows it: what `readFields` makes the same value of again. */
export function textFor(field: Field, value: unknown): string {
  if (value === undefined || value === null) return ''
  switch (field.kind) {
    case 'list':
      return Array.isArray(value) ? value.map(String).join('\n') : String(value)
    case 'datetime':
      return localUtc(value)
    case 'pairs':
      return pairsFor(value) ?? JSON.stringify(value, null, 2)
    case 'json':
    case 'items':
      return JSON.stringify(value, null, 2)
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

/** The pairs as lines; undefined where a line cannot hold one. */
function pairsFor(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const lines = Object.entries(value).map(([name, text]) =>
    typeof text === 'string' && name === name.trim() && text === text.trim() && !name.includes(':')
      ? `${name}: ${text}`
      : undefined,
  )
  const isPlain = lines.every((line) => line !== undefined && /^[^[{\s][^\r\n]*$/.test(line))
  return isPlain ? lines.join('\n') : undefined
}

/** As `<input type="datetime-local">` writes it, to the second, in UTC. */
function localUtc(value: unknown): string {
  const time = new Date(String(value))
  return Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 19)
}
