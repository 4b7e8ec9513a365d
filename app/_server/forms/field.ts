import type { FormHints, KnownText, RecordName } from '@/lib/jobs/form-hints'

/** What every field has. */
export type FieldBase = Pick<
  FormHints,
  'about' | 'each' | 'forAdmins' | 'list' | 'shownIf' | 'unit' | 'widget'
> & {
  /** The property's name; empty for an input that is one value. */
  name: string
  label: string
  description?: string
  required: boolean
  /** An empty field means null. */
  nullable: boolean
  placeholder?: string
  default?: unknown
}

type Choice = { value: string; label: string; means: unknown }
export type Variant = { value: string; label: string; fields: Field[] }

/** One field of a form that was made from a schema. */
export type Field = FieldBase &
  (
    | {
        kind: 'text'
        input: 'text' | 'email' | 'url' | 'multiline'
        maxLength?: number
        /** The text is the id of such a record of the person. */
        record?: RecordName
        /** What it is called to choose none. */
        none?: string
      }
    | { kind: 'number'; integer: boolean; min?: number; max?: number }
    | { kind: 'checkbox' }
    /** `none` is what it is called to choose none of them. */
    | { kind: 'choice'; choices: Choice[]; none?: string }
    | { kind: 'date' }
    | { kind: 'datetime' }
    /** Scalars, one to a line. */
    | { kind: 'list'; of: 'text' | 'number' }
    /** Texts under names of the person's choice, one `name: value` to a line. */
    | { kind: 'pairs'; known?: { by: string; of: Readonly<Record<string, readonly KnownText[]>> } }
    /** Objects, one after another; `item` has no name of its own. */
    | { kind: 'items'; item: Field }
    | { kind: 'group'; fields: Field[] }
    /** One of several shapes, told apart by the property `tag`. */
    | { kind: 'variants'; tag: string; variants: Variant[] }
    /** What no other field can hold. */
    | { kind: 'json' }
  )
