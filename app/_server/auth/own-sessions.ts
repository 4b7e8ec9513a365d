import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { LIVE_SESSIONS } from '@/lib/auth/credentials'
import { MAX_SESSIONS } from '@/lib/auth/sessions'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { notFound } from '@/lib/errors/app-error'

export type ListedSession = {
  id: string
  ip: string | null
  userAgent: string | null
  createdAt: Date
  lastSeenAt: Date
}

/** Where the viewer is signed in: the sessions that go on, the latest seen first. */
export async function listSessions(viewer: Viewer): Promise<ListedSession[]> {
  const { rows } = await pool().query<ListedSession>(
    `SELECT s."id", s."ip", s."userAgent", s."createdAt", s."lastSeenAt"
     FROM ${LIVE_SESSIONS} AND s."userId" = $1
     ORDER BY s."lastSeenAt" DESC, s."id" DESC LIMIT ${MAX_SESSIONS}`,
    [viewer.userId],
  )
  return rows
}

/** Ends one of the viewer's own sessions. @throws {AppError} `not_found` when it has ended */
export async function endOwnSession(viewer: Viewer, id: string): Promise<void> {
  const where = { id, userId: viewer.userId }
  const { count } = isUuid(id) ? await prisma().session.deleteMany({ where }) : { count: 0 }
  if (count === 0) throw notFound('This session')
}
