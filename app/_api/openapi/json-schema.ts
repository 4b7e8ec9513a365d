import { z } from 'zod'

/**
 * A schema as JSON Schema; those with an `id` are in its `$defs`.
 * @param io whether people send such a value or get it: defaults make fields optional only in what is sent
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema, ...converted } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // A format says what its pattern would, in a word.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern
    },
  })
  return converted
}
