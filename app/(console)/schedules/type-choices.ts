import { inputSchemaOf } from '@/lib/forms/submit'
import { definitions } from '@/lib/jobs/catalog'

/** A job type that a schedule may have, with the JSON Schema of its input. */
export type TypeChoice = { value: string; label: string; schema: unknown }

/** The job types a schedule may have. */
export function typeChoices(): TypeChoice[] {
  return definitions
    .filter(({ userFacing }) => userFacing)
    .map((definition) => ({
      value: definition.type,
      label: definition.label,
      schema: inputSchemaOf(definition),
    }))
}
