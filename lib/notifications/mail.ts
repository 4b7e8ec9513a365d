import { config } from '@/lib/config/config'
import { Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { sendEmail } from '@/lib/services/jobs'
import { NOTIFICATION_TAG } from './notice'

type Pending = {
  id: string
  userId: string
  email: string
  title: string
  body: string
  href: string
}

/**
 * Enqueues the mails of notifications whose people wish to hear by mail, each once.
 * @returns how many
 */
export async function mailNotifications(limit: number): Promise<number> {
  return transaction(async (tx) => {
    const pending = await takePending(tx, limit)
    for (const notification of pending) await mail(tx, notification)
    return pending.length
  })
}

function takePending(tx: Database, limit: number): Promise<Pending[]> {
  return tx.$queryRaw<Pending[]>(Prisma.sql`
    UPDATE "Notification" notification SET "mailPending" = false
    FROM "User"
    WHERE "User".id = notification."userId" AND notification.id IN (
      SELECT id FROM "Notification" WHERE "mailPending"
      ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING notification.id, notification."userId", "User".email, notification.title,
      notification.body, notification.href`)
}

function mail(tx: Database, { id, userId, email, title, body, href }: Pending) {
  const input = {
    to: email,
    template: 'notice' as const,
    subject: oneLine(title),
    variables: { title, body, actionLabel: 'Open', actionUrl: `${config().appUrl}${href}` },
  }
  return sendEmail(tx, input, {
    ownerId: userId,
    idempotencyKey: `notification-${id}`,
    tags: [NOTIFICATION_TAG],
  })
}

/** A subject has one line of 200 characters at most. */
function oneLine(title: string): string {
  return title.replace(/\p{Cc}+/gu, ' ').slice(0, 200)
}
