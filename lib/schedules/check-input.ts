import { z } from 'zod'
import type { Prisma } from '@/lib/db/generated/client'
import { isStorable } from '@/lib/db/json'
import type { Database } from '@/lib/db/prisma'
import { type FieldIssue, invalidInput } from '@/lib/errors/app-error'
import { parseInput as parseFields } from '@/lib/errors/parse-input'
import type { JobDefinition, Requester } from '@/lib/jobs/definition'
import { parseInput, under } from '@/lib/jobs/enqueue'

const inputSchema = z.object({
  input: z.record(z.string(), z.json(), { error: 'Expected an object' }).refine(isStorable, {
    error: 'May not contain U+0000 or half a surrogate pair',
  }),
})

/**
 * The input a schedule keeps for its jobs, as it was given: each job reads it anew.
 * @throws {AppError} `invalid_input` naming each field as `input.x`
 */
export async function checkInput(
  tx: Database,
  definition: JobDefinition,
  input: unknown,
  requester: Requester,
): Promise<Prisma.InputJsonObject> {
  const { parsed, issues } = parseInput(definition, input)
  refuse(issues)
  const [preparation] = await definition.prepare(tx, [parsed], requester)
  refuse(preparation?.issues)
  return parseFields(inputSchema, { input }).input
}

function refuse(issues: FieldIssue[] = []): void {
  if (issues.length > 0) throw invalidInput(under('input', issues))
}
