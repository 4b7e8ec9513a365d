import type { FieldIssue } from '@/lib/errors/app-error'
import type { InputSecrets, SecretsContext } from '@/lib/secrets/input-secrets'
import { findDefinition } from './catalog'
import type { JobDefinition } from './definition'

/**
 * The input as it is kept: what is secret in it encrypted for its owner. Issues have paths within the
 * input.
 */
export function sealSecrets<Input>(
  { secrets }: Pick<JobDefinition, 'secrets'>,
  input: Input,
  context: SecretsContext,
): { input: Input; issues: FieldIssue[] } {
  if (!secrets || !hasField(input, secrets)) return { input, issues: [] }
  const { value, issues } = secrets.seal(input, context)
  return { input: { ...input, [secrets.field]: value }, issues }
}

/** The input as people are shown it and find it by: without secrets. */
export function maskSecrets({ secrets }: Pick<JobDefinition, 'secrets'>, input: unknown): unknown {
  if (!secrets || !hasField(input, secrets)) return input
  return { ...input, [secrets.field]: secrets.mask(input[secrets.field]) }
}

/** The input of a record as people are shown it. */
export function shownInput({ type, input }: { type: string; input: unknown }): unknown {
  const definition = findDefinition(type)
  return definition ? maskSecrets(definition, input) : input
}

function hasField<Input>(
  input: Input,
  { field }: InputSecrets,
): input is Input & Record<string, unknown> {
  return typeof input === 'object' && input !== null && field in input
}
