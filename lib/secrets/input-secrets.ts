import type { FieldIssue } from '@/lib/errors/app-error'

/** What secrets of an input are kept for. */
export type SecretsContext = {
  ownerId: string | null
  /** A record's input of the same owner and type, whose secrets this one may go on with. */
  kept?: unknown
}

/** The field of an input that holds secrets: encrypted in records, masked wherever it is shown. */
export type InputSecrets = {
  field: string
  /**
   * The field as it is kept, encrypted for the owner. A mask stands for what is `kept`; something
   * encrypted is taken from there alone. Issues have paths within the input.
   */
  seal(
    input: Readonly<Record<string, unknown>>,
    context: SecretsContext,
  ): { value: unknown; issues: FieldIssue[] }
  /** The field as people are shown it. */
  mask(value: unknown): unknown
}
