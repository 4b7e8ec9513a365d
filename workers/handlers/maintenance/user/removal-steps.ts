import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { REMOVED_TOGETHER, removeJobs } from '@/lib/jobs/transitions/remove'
import type { RemovalWay } from '@/lib/jobs/types/maintenance'
import { deletionOf, FIRE_KEY, firesOf, SLICE } from '@/lib/retention/slice'
import { anonymizeBatches, anonymizeJobs } from './anonymize'
import { removeFiles } from './remove-files'
import { removeFromAlerts, removeInvitations } from './remove-mails'

/** Whose data goes. */
export type Person = { id: string; email: string }

/** What one slice did; `next` is where the following one goes on, null when nothing is left. */
export type Slice = { done: number; next: string | null }

type Work = (person: Person, after: string | null) => Promise<Slice>

/** One kind of records, removed slice by slice. What a stop leaves, the next run finds again. */
export type RemovalStep = { what: string; slice: Work }

/**
 * What is done about somebody's data, in order: files first, whose bytes only their records know.
 * A new table that holds people's data belongs here.
 */
export function removalSteps(way: RemovalWay): RemovalStep[] {
  const jobs: Record<string, Work> =
    way === 'delete'
      ? { jobs: removeJobsOf, batches: owned('Batch') }
      : { mails: owned('Mail'), jobs: anonymizeJobs, batches: anonymizeBatches }
  const steps = {
    files: removeFiles,
    invitations: removeInvitations,
    alertMails: removeFromAlerts,
    ...jobs,
    ...others,
  }
  return Object.entries(steps).map(([what, slice]) => ({ what, slice }))
}

const others: Record<string, Work> = {
  deliveries: deletion(({ id }) =>
    deletionOf(
      'WebhookDelivery',
      Prisma.sql`
        SELECT delivery.id FROM "WebhookEndpoint" endpoint CROSS JOIN LATERAL (
          SELECT id FROM "WebhookDelivery" WHERE "endpointId" = endpoint.id LIMIT ${SLICE}) delivery
        WHERE endpoint."ownerId" = ${id}::uuid LIMIT ${SLICE}`,
    ),
  ),
  bareDeliveries: owned('WebhookDelivery', { also: 'AND "endpointId" IS NULL' }),
  endpoints: owned('WebhookEndpoint'),
  fires: deletion(({ id }) => {
    const schedules = Prisma.sql`schedule."ownerId" = ${id}::uuid`
    return deletionOf('ScheduleFire', firesOf(SLICE, { schedules }), FIRE_KEY)
  }),
  schedules: owned('Schedule'),
  notifications: owned('Notification', { owner: 'userId' }),
  events: owned('Event'),
  savedViews: owned('SavedView'),
  suppressions: owned('Suppression', { key: '"ownerId", email' }),
  accounts: owned('Account', { owner: 'userId', key: 'provider, "providerAccountId"' }),
  keys: owned('ApiKey', { owner: 'userId' }),
  sessions: owned('Session', { owner: 'userId' }),
  passwordResets: owned('PasswordReset', { owner: 'userId' }),
}

/** Deletes what belongs to the person. @param options.also SQL: which of it alone */
function owned(table: string, { owner = 'ownerId', key = 'id', also = '' } = {}): Work {
  return deletion(({ id }) => {
    const [from, columns, isTheirs] = [`"${table}"`, key, `"${owner}"`].map(Prisma.raw)
    const rows = Prisma.sql`
      SELECT ${columns} FROM ${from} WHERE ${isTheirs} = ${id}::uuid ${Prisma.raw(also)} LIMIT ${SLICE}`
    return deletionOf(table, rows, key)
  })
}

function deletion(statement: (person: Person) => Prisma.Sql): Work {
  return async (person) => {
    const done = await prisma().$executeRaw(statement(person))
    return { done, next: done === SLICE ? 'more' : null }
  }
}

/** All of somebody's jobs have ended by then. */
async function removeJobsOf({ id }: Person): Promise<Slice> {
  const jobs = await prisma().job.findMany({
    where: { ownerId: id, endedAs: { not: null } },
    orderBy: { id: 'desc' },
    take: REMOVED_TOGETHER,
    select: { id: true },
  })
  const ids = jobs.map((job) => job.id)
  const gone = await transaction((tx) => removeJobs(tx, ids))
  return { done: gone.length, next: jobs.length === REMOVED_TOGETHER ? 'more' : null }
}
