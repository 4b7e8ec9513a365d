import { z } from 'zod'

export type RecordName = 'file' | 'endpoint'

/** A text under a known name, in a record of texts. */
export type KnownText = {
  name: string
  label: string
  kind: 'text' | 'multiline' | 'url'
  placeholder: string
}

/** What the form of a job type needs to know beyond its schema, and API clients do not. */
export type FormHints = {
  placeholder?: string
  /** What a number counts, e.g. `px`. */
  unit?: string
  /** The keyboard a text is typed with, where its format does not say. */
  input?: 'email' | 'url'
  /** The text is the id of such a record of the person. */
  record?: RecordName
  /** Several values make a job each. */
  each?: boolean
  /** A list of people can take its place, with a job for each. */
  list?: true
  /** The field that the console has a component for; neighbours of the same name share one. */
  widget?: 'days' | 'timezone' | 'crop'
  /** What choices are called, by their values; `''` is no choice. */
  labels?: Readonly<Record<string, string>>
  /** What each choice is for, said while it is chosen. */
  about?: Readonly<Record<string, string>>
  /** Shown while other fields beside it are filled in (`true`), empty (`false`), or one of these. */
  shownIf?: Readonly<Record<string, boolean | readonly string[]>>
  /** Offered to admins only: the field, or some of its choices. */
  forAdmins?: true | readonly string[]
  /** The names a record of texts is known to have, by the value of the field `by` beside it. */
  knownTexts?: { by: string; of: Readonly<Record<string, readonly KnownText[]>> }
  /** What the form of the whole input begins with. */
  start?: unknown
}

/** Hints by schema; `.register(formHints, { … })` comes last, since each other method makes a copy. */
export const formHints = z.registry<FormHints>()
