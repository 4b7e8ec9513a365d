import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { JobDefinition } from './definition'

/**
 * What would make every job of a type fail, or its form and its API lie. An input is stored as JSON, and
 * parsed again when the job runs: a schema has to take what it gave.
 * @returns sentences, each with the type in it; none for a sound definition
 */
export function definitionProblems({ type, input, output }: JobDefinition): string[] {
  const named = (part: string, problem: string) => `${type}: ${part} ${problem}`
  return [
    ...formProblems(input, 'input').map((problem) => named('input', problem)),
    ...formProblems(input, 'output').map((problem) => named('input, once parsed,', problem)),
    ...formProblems(output, 'output').map((problem) => named('output', problem)),
    ...examplesOf(input).flatMap((example, index) =>
      exampleProblems(input, example).map((problem) => named(`example ${index + 1}`, problem)),
    ),
  ]
}

/** @throws where any of these definitions has a problem, with all of them */
export function requireSound(definitions: readonly JobDefinition[]): void {
  const problems = definitions.flatMap(definitionProblems)
  if (problems.length === 0) return
  throw new Error(`There are job types that cannot work:\n${problems.join('\n')}`)
}

/** Types that JSON does not have, and transformations that lead to them. */
function formProblems(schema: z.ZodType, io: 'input' | 'output'): string[] {
  try {
    z.toJSONSchema(schema, { io })
    return []
  } catch (error) {
    return [`cannot be written as a JSON Schema: ${error instanceof Error ? error.message : error}`]
  }
}

function examplesOf(schema: z.ZodType): unknown[] {
  const examples = schema.meta()?.examples
  return Array.isArray(examples) ? examples : []
}

function exampleProblems(schema: z.ZodType, example: unknown): string[] {
  const first = schema.safeParse(example)
  if (!first.success) return [`does not fit: ${z.prettifyError(first.error)}`]
  const stored: unknown = JSON.parse(JSON.stringify(first.data))
  const again = schema.safeParse(stored)
  if (!again.success) return [`does not fit once it was stored: ${z.prettifyError(again.error)}`]
  return isDeepStrictEqual(again.data, first.data) ? [] : ['changes when it is stored and read']
}
