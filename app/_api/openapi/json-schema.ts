import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

/**
 * Turns zod schemas into JSON Schema, and collects those with an `id` to be named once, under
 * `components.schemas`.
 */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {}

  /** @param io whether people send such a value or get it: defaults make fields optional only in what is sent */
  convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const converted = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      // A format says what its pattern would, in a word.
      override: ({ jsonSchema }) => {
        if (jsonSchema.format) delete jsonSchema.pattern
      },
    })
    const { $schema, $defs = {}, ...rest } = converted
    for (const [id, definition] of Object.entries($defs)) {
      this.schemas[id] ??= pointed(definition)
    }
    return pointed(rest)
  }
}

/** The schema with references that lead to the document's components. */
function pointed(schema: object): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, point(key, value)]))
}

function point(key: string, value: unknown): unknown {
  if (key === '$ref' && typeof value === 'string') {
    return value.replace('#/$defs/', '#/components/schemas/')
  }
  if (Array.isArray(value)) return value.map((item) => point('', item))
  return typeof value === 'object' && value !== null ? pointed(value) : value
}
