import { v7 as uuidv7 } from 'uuid'
import type { Database } from '@/lib/db/prisma'
import { announceNotices } from '@/lib/notifications/announce'

/** An endpoint that has taken nothing for so long is switched off. */
const FAILING_DAYS = 5
const DAY_MS = 24 * 3600_000

type Outcome = {
  delivered: boolean
  /** The receiver said that it wants no more. */
  gone: boolean
  /** No further attempt follows. */
  final: boolean
}

/**
 * Notes what a request says about its endpoint: when it began to fail, that it is well again, or that
 * it is to be switched off, of which its owner is told. A single request does not switch off an
 * endpoint that was quiet for days: its webhook must have failed for good.
 */
export async function noteHealth(
  tx: Database,
  endpointId: string,
  { delivered, gone, final }: Outcome,
): Promise<void> {
  if (delivered) {
    await tx.webhookEndpoint.updateMany({
      where: { id: endpointId, failingSince: { not: null } },
      data: { failingSince: null },
    })
    return
  }
  const now = new Date()
  await tx.webhookEndpoint.updateMany({
    where: { id: endpointId, failingSince: null },
    data: { failingSince: now },
  })
  if (gone) return disable(tx, endpointId, 'The receiver answered 410 Gone: it wants no more.')
  if (!final) return
  const since = new Date(now.getTime() - FAILING_DAYS * DAY_MS)
  const failing = { failingSince: { lte: since } }
  await disable(tx, endpointId, `No webhook has got through for ${FAILING_DAYS} days.`, failing)
}

async function disable(
  tx: Database,
  id: string,
  disabledReason: string,
  where: { failingSince?: { lte: Date } } = {},
): Promise<void> {
  const [endpoint] = await tx.webhookEndpoint.updateManyAndReturn({
    where: { id, enabled: true, ...where },
    data: { enabled: false, disabledReason },
    select: { url: true, ownerId: true, owner: { select: { notifyByMail: true } } },
  })
  if (!endpoint) return
  const { url, ownerId, owner } = endpoint
  const notice = {
    id: uuidv7(),
    title: `Webhooks to ${new URL(url).host} were switched off`,
    body: disabledReason,
    href: `/webhooks/${id}`,
    mailPending: owner.notifyByMail,
    readAt: null,
    createdAt: new Date(),
  }
  const about = { userId: ownerId, kind: 'ENDPOINT_DISABLED' as const, subject: id }
  await tx.notification.upsert({
    where: { userId_kind_subject: about },
    create: { ...about, ...notice },
    update: notice,
  })
  await announceNotices(tx, ownerId)
}
