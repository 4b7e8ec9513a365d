import { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueueEach } from '@/lib/jobs/enqueue-each'
import type { JobRequest } from '@/lib/jobs/request'
import { webhook } from '@/lib/jobs/types/webhook'
import { EVENT_TAG } from '@/lib/webhooks/tags'

type NotedEvent = { id: bigint; ownerId: string; type: string; payload: unknown }

/**
 * Noted events, which become webhooks: one for each endpoint of their owner that wants them, unless
 * the owner is disabled. An event is deleted in the transaction that enqueues its webhooks: each is
 * sent once, whoever else publishes.
 */
export const notedEvents = {
  name: 'noted event',

  async find(limit: number): Promise<bigint[]> {
    const events = await prisma().event.findMany({
      orderBy: { id: 'asc' },
      take: limit,
      select: { id: true },
    })
    return events.map(({ id }) => id)
  },

  handle: publish,

  async setAside(id: bigint): Promise<void> {
    await prisma().event.deleteMany({ where: { id } })
  },
}

async function publish(ids: bigint[]): Promise<number> {
  return transaction(async (tx) => {
    const events = await takeEvents(tx, ids)
    // An endpoint that was switched off since the events were taken gets nothing, and stops nobody else.
    await enqueueEach(tx, await webhooksFor(tx, events))
    return events.length
  })
}

async function takeEvents(tx: Database, ids: bigint[]): Promise<NotedEvent[]> {
  const events = await tx.$queryRaw<NotedEvent[]>(Prisma.sql`
    DELETE FROM "Event" WHERE id IN (
      SELECT id FROM "Event" WHERE id = ANY(${ids}::bigint[]) ORDER BY id FOR UPDATE SKIP LOCKED)
    RETURNING id, "ownerId", type, payload`)
  return events.sort((a, b) => Number(a.id - b.id))
}

async function webhooksFor(tx: Database, events: NotedEvent[]): Promise<JobRequest[]> {
  if (events.length === 0) return []
  const endpoints = await tx.webhookEndpoint.findMany({
    where: {
      ownerId: { in: events.map(({ ownerId }) => ownerId) },
      owner: { disabledAt: null },
      enabled: true,
    },
    select: { id: true, ownerId: true, eventTypes: true },
  })
  return events.flatMap(({ ownerId, type, payload }) =>
    endpoints
      .filter((endpoint) => endpoint.ownerId === ownerId && wants(endpoint, type))
      .map(({ id }) => ({
        definition: webhook,
        input: { endpointId: id, event: type, payload },
        options: { ownerId, bySystem: true, tags: [EVENT_TAG] },
      })),
  )
}

function wants({ eventTypes }: { eventTypes: string[] }, type: string): boolean {
  return eventTypes.length === 0 || eventTypes.includes(type)
}
