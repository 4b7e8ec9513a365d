import { validate as isUuid, v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import type { Pause } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { invalidInput, notFound } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { emailField } from '@/lib/mail/person-fields'
import { definitions, findDefinition } from '../catalog'

const pauseSchema = z.strictObject({
  type: z
    .string()
    .refine((type) => findDefinition(type), {
      error: `Expected a job type: ${definitions.map(({ type }) => type).join(', ')}`,
    })
    .nullable(),
  /** Whose jobs, by the address of their account. */
  owner: emailField.nullable(),
  tag: z.string().max(100, { error: 'Expected at most 100 characters' }).nullable(),
  /** Null: until somebody resumes them. */
  minutes: z
    .int({ error: 'Expected a whole number of minutes' })
    .min(1, { error: 'Expected 1 minute or more' })
    .max(366 * 24 * 60, { error: 'Expected at most a year' })
    .nullable(),
  reason: z
    .string()
    .trim()
    .min(1, { error: 'Say why: people whose jobs wait read it' })
    .max(300, { error: 'Expected at most 300 characters' }),
})

export type PauseInput = z.input<typeof pauseSchema>

/**
 * From now on no job starts of which all is true that the input says; running ones end. Enqueueing
 * goes on.
 * @param actor null for the command line
 * @throws {AppError} `invalid_input`, also when it says nothing of jobs
 */
export async function pauseJobs(actor: Viewer | null, input: PauseInput): Promise<Pause> {
  if (actor) requireAdminViewer(actor)
  const { type, owner, tag, minutes, reason } = parseInput(pauseSchema, input)
  if (!type && !owner && !tag) {
    const message =
      'Choose a type, an owner or a tag. What pauses everything is to pause each queue'
    throw invalidInput([{ path: '', message }])
  }
  return transaction(async (tx) => {
    const ownerId = owner && (await ownerOf(tx, owner))
    const createdById = actor?.userId ?? null
    // By the database's clock, which says when it is over.
    const [pause] = await tx.$queryRaw<Pause[]>`
      INSERT INTO "Pause" (id, type, "ownerId", tag, until, reason, "createdById")
      VALUES (${uuidv7()}::uuid, ${type}, ${ownerId}::uuid, ${tag}, now() + ${minutes} * interval '1 minute',
        ${reason}, ${createdById}::uuid)
      RETURNING *`
    if (!pause) throw new Error('PostgreSQL answered an INSERT without a row')
    await audit(tx, actor, 'pause.create', { type: 'pause', id: pause.id }, detailsOf(pause))
    return pause
  })
}

/**
 * Ends a pause: what it holds is handed over within seconds, unless another one holds it.
 * @param actor null for the command line
 * @throws {AppError} `not_found`, also when it was over
 */
export async function resumeJobs(actor: Viewer | null, id: string): Promise<void> {
  if (actor) requireAdminViewer(actor)
  await transaction(async (tx) => {
    const [pause] = isUuid(id)
      ? await tx.$queryRaw<Pause[]>`DELETE FROM "Pause" WHERE id = ${id}::uuid RETURNING *`
      : []
    if (!pause) throw notFound('This pause')
    // Of others that are over no trace is needed.
    await tx.$executeRaw`DELETE FROM "Pause" WHERE until < now()`
    await audit(tx, actor, 'pause.end', { type: 'pause', id }, detailsOf(pause))
  })
}

async function ownerOf(tx: Database, email: string): Promise<string> {
  const user = await tx.user.findUnique({ where: { email }, select: { id: true } })
  if (!user) throw invalidInput([{ path: 'owner', message: 'Nobody has this address' }])
  return user.id
}

function detailsOf({ type, ownerId, tag, until }: Pause) {
  return {
    ...(type ? { type } : {}),
    ...(ownerId ? { user: ownerId } : {}),
    ...(tag ? { tag } : {}),
    until: until?.toISOString() ?? 'resumed',
  }
}
