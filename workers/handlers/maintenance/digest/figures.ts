import { Prisma } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueEach } from '@/lib/jobs/enqueue-each'
import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { type Week, weekBefore, weekName } from './week'

/** People looked at in one transaction. */
const SLICE = 200

/** Clocks of web servers and database differ a little: an id may be older than its row. */
const SKEW_MS = 3600_000

type Person = { id: string; email: string; name: string; timezone: string | null }
type Counts = {
  ownerId: string
  total: number
  completed: number
  failed: number
  canceled: number
}

/**
 * Mails a slice of the people what their jobs did in the seven days before today, in their own time
 * zone: those who had any, and who have not opted out. One mail per person and week, however often
 * this runs.
 * @param after the `next` of the slice before
 */
export async function mailDigests(
  now: Date,
  after: string | null,
): Promise<{ people: number; mails: number; next: string | null }> {
  return transaction(async (tx) => {
    const people = await takePeople(tx, after ?? lowestIdAt(new Date(0)))
    const weeks = new Map(people.map(({ id, timezone }) => [id, weekBefore(now, timezone)]))
    const counts = await countJobs(tx, weeks)
    const outcomes = await enqueueEach(
      tx,
      people.flatMap((person) => {
        const counted = counts.get(person.id)
        const week = weeks.get(person.id)
        return counted && week ? [request(person, week, counted, now)] : []
      }),
    )
    return {
      people: people.length,
      mails: outcomes.filter(({ kind }) => kind === 'created').length,
      next: people.length === SLICE ? (people.at(-1)?.id ?? null) : null,
    }
  })
}

function takePeople(tx: Database, after: string): Promise<Person[]> {
  return tx.$queryRaw<Person[]>(Prisma.sql`
    SELECT id, email, name, timezone FROM "User"
    WHERE id > ${after}::uuid AND "disabledAt" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "Suppression" s
      WHERE s."ownerId" = "User".id AND s.email = "User".email AND s.reason = 'OPT_OUT')
    ORDER BY id LIMIT ${SLICE}`)
}

/** The jobs of each person's week; mails about jobs, such as this one, do not count. */
async function countJobs(tx: Database, weeks: Map<string, Week>): Promise<Map<string, Counts>> {
  const given = [...weeks].map(([ownerId, { from, to }]) => ({
    ownerId,
    from,
    to,
    lowest: lowestIdAt(new Date(from.getTime() - SKEW_MS)),
  }))
  const rows = await tx.$queryRaw<Counts[]>(Prisma.sql`
    SELECT week."ownerId", count(*)::int AS total,
      count(*) FILTER (WHERE job.status = 'COMPLETED')::int AS completed,
      count(*) FILTER (WHERE job.status = 'FAILED')::int AS failed,
      count(*) FILTER (WHERE job.status = 'CANCELED')::int AS canceled
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS week("ownerId" uuid, "from" timestamptz, "to" timestamptz, lowest uuid)
    JOIN "Job" job ON job."ownerId" = week."ownerId" AND job.id >= week.lowest
      AND job."createdAt" >= week."from" AND job."createdAt" < week."to"
    WHERE NOT (${NOTIFICATION_TAG} = ANY (job.tags))
    GROUP BY week."ownerId"`)
  return new Map(rows.map((row) => [row.ownerId, row]))
}

function request(person: Person, week: Week, counts: Counts, now: Date) {
  const { completed, failed, canceled } = counts
  return {
    definition: catalog.email,
    input: {
      to: person.email,
      template: 'weekly-digest',
      variables: { name: person.name, period: week.words, completed, failed, canceled },
    },
    options: {
      ownerId: person.id,
      idempotencyKey: `weekly-digest-${weekName(now)}`,
      tags: [NOTIFICATION_TAG],
    },
  }
}
