import { Components } from '@/app/_api/openapi/json-schema'
import type { Operation } from '@/app/_api/operation'

export type Parameter = { name: string; where: 'query' | 'header'; meaning: string }

/** What can be said about a call besides its path and body. */
export function parametersOf({ query, headers = {} }: Operation): Parameter[] {
  const components = new Components()
  const fields = Object.entries(query?.shape ?? {}).map(([name, field]) => {
    const schema = components.convert(field, 'input')
    return { name, where: 'query' as const, meaning: String(schema.description ?? kindOf(schema)) }
  })
  const others = Object.entries(headers).map(([name, meaning]) => ({
    name,
    where: 'header' as const,
    meaning,
  }))
  return [...fields, ...others]
}

function kindOf({ enum: values, format, minimum, maximum, type, anyOf }: Record<string, unknown>) {
  if (Array.isArray(values)) return values.map((value) => `\`${value}\``).join(', ')
  if (format === 'uuid') return 'An id.'
  if (Array.isArray(anyOf)) return 'A time such as `2026-01-31T12:00:00Z`, or a day.'
  if (minimum !== undefined) return `A number from ${minimum} to ${maximum}.`
  return type === 'string' ? 'Text.' : 'A value.'
}
