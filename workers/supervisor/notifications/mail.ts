import { config } from '@/lib/config/config'
import { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueEach } from '@/lib/jobs/enqueue-each'
import type { JobRequest } from '@/lib/jobs/request'
import { subjectLine } from '@/lib/mail/fields'
import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { logger } from '@/lib/telemetry/logger'

type Pending = {
  id: string
  userId: string
  email: string
  title: string
  body: string
  href: string
}

/** Notifications whose people wish to hear by mail, and have not yet; each is mailed once. */
export const notificationMails = {
  name: 'notification',

  async find(limit: number): Promise<string[]> {
    const pending = await prisma().notification.findMany({
      where: { mailPending: true },
      orderBy: { id: 'asc' },
      take: limit,
      select: { id: true },
    })
    return pending.map(({ id }) => id)
  },

  async handle(ids: string[]): Promise<number> {
    return transaction(async (tx) => {
      const pending = await takePending(tx, ids)
      const outcomes = await enqueueEach(tx, pending.map(request))
      outcomes.forEach((outcome, index) => {
        if (outcome.kind !== 'refused') return
        const fields = { id: pending[index]?.id, issues: outcome.issues }
        logger('notifier').error(fields, 'A notification cannot be mailed')
      })
      return pending.length
    })
  },

  async setAside(id: string): Promise<void> {
    await prisma().notification.updateMany({ where: { id }, data: { mailPending: false } })
  },
}

function takePending(tx: Database, ids: string[]): Promise<Pending[]> {
  return tx.$queryRaw<Pending[]>(Prisma.sql`
    UPDATE "Notification" notification SET "mailPending" = false
    FROM "User"
    WHERE "User".id = notification."userId" AND notification.id IN (
      SELECT id FROM "Notification" WHERE "mailPending" AND id = ANY(${ids}::uuid[])
      ORDER BY id FOR UPDATE SKIP LOCKED)
    RETURNING notification.id, notification."userId", "User".email, notification.title,
      notification.body, notification.href`)
}

function request({ id, userId, email, title, body, href }: Pending): JobRequest {
  return {
    definition: catalog.email,
    input: {
      to: email,
      template: 'notice',
      subject: subjectLine(title),
      variables: { title, body, actionLabel: 'Open', actionUrl: `${config().appUrl}${href}` },
    },
    options: {
      ownerId: userId,
      idempotencyKey: `notification-${id}`,
      tags: [NOTIFICATION_TAG],
    },
  }
}
