import { v7 as uuidv7 } from 'uuid'
import type { Origin } from '@/lib/access/origin'
import { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import type { SessionUser } from './sign-in'

/** A session ends this long after the sign-in. */
export const SESSION_DAYS = 30
export const SESSION_SECONDS = SESSION_DAYS * 24 * 60 * 60

/** Most sessions of one person: the next one ends the oldest. */
export const MAX_SESSIONS = 100

/**
 * Records that somebody signs in; what is left of their ended sessions goes.
 * @returns the id of the session; it works only while nothing has ended all of the user's since
 * `user` was read
 */
export async function openSession(user: SessionUser, from: Origin | undefined): Promise<string> {
  const id = uuidv7()
  await prisma().$executeRaw(Prisma.sql`
    WITH ended AS (
      DELETE FROM "Session" WHERE "userId" = ${user.id}::uuid AND (
        version < ${user.sessionVersion} OR "expiresAt" < now() OR id IN (
          SELECT id FROM "Session" WHERE "userId" = ${user.id}::uuid
          ORDER BY id DESC OFFSET ${MAX_SESSIONS - 1}))
    )
    INSERT INTO "Session" (id, "userId", version, ip, "userAgent", "expiresAt")
    VALUES (${id}::uuid, ${user.id}::uuid, ${user.sessionVersion}, ${from?.ip ?? null},
      ${from?.userAgent ?? null}, now() + make_interval(secs => ${SESSION_SECONDS}))`)
  return id
}

/** Ends one session, if it has not ended. */
export async function closeSession(id: string): Promise<void> {
  await prisma().session.deleteMany({ where: { id } })
}

/**
 * Ends every session of a user; changes what signs them in within the same step.
 * @returns what a new session needs
 */
export function endSessions(
  userId: string,
  also: { passwordHash?: string | null; emailVerifiedAt?: Date } = {},
  db: Database = prisma(),
): Promise<SessionUser> {
  return db.user.update({
    where: { id: userId },
    data: { ...also, sessionVersion: { increment: 1 } },
    select: { id: true, sessionVersion: true },
  })
}
