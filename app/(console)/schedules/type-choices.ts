import type { Field } from '@/lib/forms/field'
import { inputFieldsOf } from '@/lib/forms/submit'
import { definitions } from '@/lib/jobs/catalog'

/** A job type that a schedule may have, with the fields of its input. */
export type TypeChoice = { value: string; label: string; fields: Field[] }

/** The job types a schedule may have. */
export function typeChoices(): TypeChoice[] {
  return definitions
    .filter(({ userFacing }) => userFacing)
    .map((definition) => ({
      value: definition.type,
      label: definition.label,
      fields: inputFieldsOf(definition),
    }))
}
