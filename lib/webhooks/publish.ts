import { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { afterCommit, transaction } from '@/lib/db/transaction'
import { newJob } from '@/lib/jobs/enqueue'
import { insertJobs } from '@/lib/jobs/insert'
import { type WebhookInput, webhook } from '@/lib/jobs/types/webhook'
import { dispatchSoon } from '@/lib/queue/dispatch'

type NotedEvent = { id: bigint; ownerId: string; type: string; payload: unknown }

/**
 * Turns noted events into webhooks, one for each endpoint of their owner that wants them. An event is
 * deleted in the transaction that enqueues its webhooks: each is sent once, whoever else publishes.
 * @returns how many events there were
 */
export async function publishEvents(limit: number): Promise<number> {
  return transaction(async (tx) => {
    const events = await takeEvents(tx, limit)
    const wanted = await webhooksFor(tx, events)
    const preparations = await webhook.prepare(
      tx,
      wanted.map(({ input }) => input),
      { ownerId: null, role: 'USER' },
    )
    const jobs = wanted.flatMap(({ input, ownerId }, index) => {
      const preparation = preparations[index]
      // An endpoint that was switched off between the two queries gets nothing, and stops nobody else.
      if (!preparation || preparation.issues?.length) return []
      return [newJob(webhook, input, preparation, { ownerId })]
    })
    if (jobs.length > 0) {
      const inserted = await insertJobs(tx, jobs)
      afterCommit(tx, () => dispatchSoon(inserted))
    }
    return events.length
  })
}

async function takeEvents(tx: Database, limit: number): Promise<NotedEvent[]> {
  const events = await tx.$queryRaw<NotedEvent[]>(Prisma.sql`
    DELETE FROM "Event" WHERE id IN (
      SELECT id FROM "Event" ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, "ownerId", type, payload`)
  return events.sort((a, b) => Number(a.id - b.id))
}

async function webhooksFor(
  tx: Database,
  events: NotedEvent[],
): Promise<{ ownerId: string; input: WebhookInput }[]> {
  if (events.length === 0) return []
  const endpoints = await tx.webhookEndpoint.findMany({
    where: { ownerId: { in: events.map(({ ownerId }) => ownerId) }, enabled: true },
    select: { id: true, ownerId: true, eventTypes: true },
  })
  return events.flatMap(({ ownerId, type, payload }) =>
    endpoints
      .filter((endpoint) => endpoint.ownerId === ownerId && wants(endpoint, type))
      .map(({ id }) => ({ ownerId, input: { endpointId: id, event: type, payload } })),
  )
}

function wants({ eventTypes }: { eventTypes: string[] }, type: string): boolean {
  return eventTypes.length === 0 || eventTypes.includes(type)
}
