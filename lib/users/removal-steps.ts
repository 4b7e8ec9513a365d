import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import type { RemovalWay } from '@/lib/jobs/types/maintenance'
import { SLICE } from '@/lib/retention/slice'
import { anonymizeBatches, anonymizeJobs } from './anonymize'
import { removeFiles } from './remove-files'
import { removeFromAlerts } from './remove-from-alerts'
import { removeInvitations } from './remove-invitations'
import { removeJobsOf } from './remove-jobs'

/** Whose data goes. */
export type Person = { id: string; email: string }

/** What one slice did; `next` is where the following one goes on, null when nothing is left. */
export type Slice = { done: number; next: string | null }

/** One kind of records, removed slice by slice. What a stop leaves, the next run finds again. */
export type RemovalStep = {
  what: string
  slice: (person: Person, after: string | null) => Promise<Slice>
}

/**
 * What is done about somebody's data, in order: files first, whose bytes only their records know.
 * A new table that holds people's data belongs here.
 */
export function removalSteps(way: RemovalWay): RemovalStep[] {
  return [
    { what: 'files', slice: ({ id }) => removeFiles(id) },
    { what: 'invitations', slice: removeInvitations },
    { what: 'alertMails', slice: removeFromAlerts },
    ...(way === 'delete'
      ? [{ what: 'jobs', slice: removeJobsOf }, deletion('batches', deleteBatches)]
      : [
          deletion('mails', deleteMails),
          { what: 'jobs', slice: anonymizeJobs },
          { what: 'batches', slice: anonymizeBatches },
        ]),
    ...others.map(([what, statement]) => deletion(what, statement)),
  ]
}

type Statement = (userId: string) => Prisma.Sql

function deletion(what: string, statement: Statement): RemovalStep {
  return {
    what,
    async slice({ id }) {
      const done = await prisma().$executeRaw(statement(id))
      return { done, next: done === SLICE ? 'more' : null }
    },
  }
}

const deleteBatches: Statement = (userId) => Prisma.sql`
  DELETE FROM "Batch" WHERE id IN (
    SELECT id FROM "Batch" WHERE "ownerId" = ${userId}::uuid ORDER BY id DESC LIMIT ${SLICE})`

const deleteMails: Statement = (userId) => Prisma.sql`
  DELETE FROM "Mail" WHERE id IN (
    SELECT id FROM "Mail" WHERE "ownerId" = ${userId}::uuid ORDER BY id DESC LIMIT ${SLICE})`

const others: [string, Statement][] = [
  [
    'deliveries',
    (userId) => Prisma.sql`
    DELETE FROM "WebhookDelivery" WHERE id IN (
      SELECT delivery.id FROM "WebhookEndpoint" endpoint CROSS JOIN LATERAL (
        SELECT id FROM "WebhookDelivery" WHERE "endpointId" = endpoint.id LIMIT ${SLICE}) delivery
      WHERE endpoint."ownerId" = ${userId}::uuid LIMIT ${SLICE})`,
  ],
  [
    'bareDeliveries',
    (userId) => Prisma.sql`
    DELETE FROM "WebhookDelivery" WHERE id IN (
      SELECT id FROM "WebhookDelivery"
      WHERE "ownerId" = ${userId}::uuid AND "endpointId" IS NULL LIMIT ${SLICE})`,
  ],
  [
    'endpoints',
    (userId) => Prisma.sql`DELETE FROM "WebhookEndpoint" WHERE "ownerId" = ${userId}::uuid`,
  ],
  [
    'fires',
    (userId) => Prisma.sql`
    DELETE FROM "ScheduleFire" fire USING (
      SELECT slice.* FROM "Schedule" schedule CROSS JOIN LATERAL (
        SELECT "scheduleId", "fireAt" FROM "ScheduleFire"
        WHERE "scheduleId" = schedule.id LIMIT ${SLICE}) slice
      WHERE schedule."ownerId" = ${userId}::uuid LIMIT ${SLICE}) chosen
    WHERE fire."scheduleId" = chosen."scheduleId" AND fire."fireAt" = chosen."fireAt"`,
  ],
  ['schedules', (userId) => Prisma.sql`DELETE FROM "Schedule" WHERE "ownerId" = ${userId}::uuid`],
  [
    'notifications',
    (userId) => Prisma.sql`
    DELETE FROM "Notification" WHERE id IN (
      SELECT id FROM "Notification" WHERE "userId" = ${userId}::uuid LIMIT ${SLICE})`,
  ],
  [
    'events',
    (userId) => Prisma.sql`
    DELETE FROM "Event" WHERE id IN (
      SELECT id FROM "Event" WHERE "ownerId" = ${userId}::uuid LIMIT ${SLICE})`,
  ],
  [
    'suppressions',
    (userId) => Prisma.sql`
    DELETE FROM "Suppression" WHERE "ownerId" = ${userId}::uuid AND email IN (
      SELECT email FROM "Suppression" WHERE "ownerId" = ${userId}::uuid LIMIT ${SLICE})`,
  ],
  ['accounts', (userId) => Prisma.sql`DELETE FROM "Account" WHERE "userId" = ${userId}::uuid`],
  ['keys', (userId) => Prisma.sql`DELETE FROM "ApiKey" WHERE "userId" = ${userId}::uuid`],
  ['sessions', (userId) => Prisma.sql`DELETE FROM "Session" WHERE "userId" = ${userId}::uuid`],
  [
    'passwordResets',
    (userId) => Prisma.sql`DELETE FROM "PasswordReset" WHERE "userId" = ${userId}::uuid`,
  ],
]
