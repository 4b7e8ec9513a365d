import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { changeUser, refuseSelf } from '@/lib/auth/manage-users'
import { revokeAccess, switchOff } from '@/lib/auth/revoke-access'
import type { User } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { catalog } from '@/lib/jobs/catalog'
import { enqueue } from '@/lib/jobs/enqueue'
import { type RemovalWay, removalWays, type UserRemoval } from '@/lib/jobs/types/maintenance'
import { cancelOpenJobs } from './cancel-jobs'

const removalInput = z.strictObject({ way: z.enum(removalWays), email: z.string() })

/** Slices of waiting jobs that are canceled before the request is answered. */
const SLICES_AT_ONCE = 10

const kinds = { delete: 'DELETE', anonymize: 'ANONYMIZE' } as const

/**
 * Removes somebody, or all that is personal about them. Their account is locked at once: sessions
 * and keys end, schedules and endpoints stop, waiting jobs are canceled; a maintenance job does the
 * rest. Asked for again the same way, it goes on where it stopped.
 * @param input.email their address, typed as a confirmation
 * @returns the id of the maintenance job
 * @throws {AppError} `conflict` for oneself and the last admin; `invalid_input`; `not_found`
 */
export async function requestRemoval(
  viewer: Viewer,
  id: string,
  input: z.input<typeof removalInput>,
): Promise<{ jobId: string }> {
  const { way, email } = parseInput(removalInput, input)
  refuseSelf(viewer, id, 'You cannot remove your own account. Ask another admin to do it.')
  let jobId = ''
  await changeUser(
    viewer,
    id,
    `user.${way}`,
    (user) => {
      refuseOtherAddress(user, email)
      refuseSecondWay(user, way)
      return {
        removal: kinds[way],
        disabledAt: user.disabledAt ?? new Date(),
        sessionVersion: { increment: 1 },
      }
    },
    async (tx) => {
      await revokeAccess(tx, id)
      await switchOff(tx, id)
      jobId = await enqueueRemoval(tx, { userId: id, way, adminId: viewer.userId, part: 1 })
      return { job: jobId }
    },
  )
  await cancelOpenJobs(id, SLICES_AT_ONCE)
  return { jobId }
}

/** The job that removes somebody's data; a long removal has several, one after another. */
async function enqueueRemoval(tx: Database, removal: Omit<UserRemoval, 'task'>): Promise<string> {
  const { job } = await enqueue(
    tx,
    catalog.maintenance,
    { task: 'remove-user', ...removal },
    { ownerId: null, tags: [removalTag(removal.userId)] },
  )
  return job.id
}

/** The latest job that removes somebody's data. */
export async function removalJobOf(id: string): Promise<{ id: string; status: string } | null> {
  const facts = await prisma().jobFacts.findFirst({
    where: { tags: { has: removalTag(id) } },
    orderBy: { jobId: 'desc' },
    select: { job: { select: { id: true, status: true } } },
  })
  return facts?.job ?? null
}

/** Runs the next part of a long removal, so that the maintenance queue is not held up by it. */
export async function continueRemoval({
  task: _task,
  part,
  ...removal
}: UserRemoval): Promise<void> {
  await transaction((tx) => enqueueRemoval(tx, { ...removal, part: part + 1 }))
}

function removalTag(userId: string): string {
  return `removal:${userId}`
}

function refuseOtherAddress(user: User, typed: string): void {
  if (typed.trim().toLowerCase() === user.email) return
  throw invalidInput([{ path: 'email', message: `Type ${user.email} to confirm` }])
}

function refuseSecondWay({ removal, anonymizedAt }: User, way: RemovalWay): void {
  if (anonymizedAt && way === 'anonymize') {
    throw new AppError('conflict', 'This account was anonymized already.')
  }
  if (removal === 'DELETE' && way === 'anonymize') {
    throw new AppError('conflict', 'This account is being deleted already.')
  }
}
