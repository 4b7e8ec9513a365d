import { z } from 'zod'
import type { Prisma, Schedule } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { parseInput } from '@/lib/errors/parse-input'
import type { JobDefinition, Requester } from '@/lib/jobs/definition'
import { sealSecrets } from '@/lib/jobs/input-secrets'
import { checkRequests } from '@/lib/jobs/request'
import { isStorable } from '@/lib/text/storable'

const inputSchema = z.object({
  input: z.record(z.string(), z.json(), { error: 'Expected an object' }).refine(isStorable, {
    error: 'May not contain U+0000 or half a surrogate pair',
  }),
})

/** What a schedule keeps of its input. */
type CheckedInput = Pick<Schedule, 'inputVersion'> & { input: Prisma.InputJsonObject }

/**
 * The input a schedule keeps for its jobs, as it was given but for its secrets, which are encrypted:
 * each job reads it anew.
 * @param kept what the schedule has kept so far, for a job of the same type
 * @throws {AppError} `invalid_input` naming each field as `input.x`
 */
export async function checkInput(
  tx: Database,
  definition: JobDefinition,
  input: unknown,
  requester: Requester,
  kept?: unknown,
): Promise<CheckedInput> {
  const options = { ...requester, kept }
  await checkRequests(tx, [{ definition, input, options }], () => '')
  const given = parseInput(inputSchema, { input }).input
  const { input: sealed } = sealSecrets(definition, given, options)
  return { input: sealed, inputVersion: definition.inputVersion }
}
