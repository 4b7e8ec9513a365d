import { createHash } from 'node:crypto'
import type { Scope } from '@/lib/access/scopes'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { addLogFields } from '@/lib/telemetry/context'
import { logger } from '@/lib/telemetry/logger'
import { LIVE_KEYS, rightsOfKey } from './credentials'

/** The last use of a key is written down at most this often. */
const LAST_USE_SECONDS = 60

const lookup = {
  name: 'millrace-api-key',
  text: `SELECT k."id", k."userId", k."scopes", u."role",
           (k."lastUsedAt" IS NULL OR k."lastUsedAt" < now() - make_interval(secs => ${LAST_USE_SECONDS})) AS "unseen"
         FROM ${LIVE_KEYS} AND k."hash" = $1`,
}

type Row = {
  id: string
  userId: string
  scopes: string[]
  role: Viewer['role']
  unseen: boolean
}

/** What is kept of a key. Keys are random, so a plain hash cannot be searched. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/**
 * Who a key belongs to and what it may do; null when it is unknown, expired or revoked, or its
 * owner disabled. One query.
 */
export async function verifyApiKey(
  key: string,
): Promise<{ viewer: Viewer; scopes: Scope[]; keyId: string } | null> {
  const { rows } = await pool().query<Row>({ ...lookup, values: [hashApiKey(key)] })
  const row = rows[0]
  if (!row) return null
  addLogFields({ userId: row.userId })
  if (row.unseen) recordUse(row.id)
  const { role, scopes } = rightsOfKey(row.role, row.scopes)
  return { viewer: { userId: row.userId, role }, scopes, keyId: row.id }
}

/** In the background: no request waits for it, or fails with it. */
function recordUse(id: string): void {
  pool()
    .query('UPDATE "ApiKey" SET "lastUsedAt" = now() WHERE "id" = $1', [id])
    .catch((error: unknown) => logger('auth').warn({ err: error }, 'last use was not recorded'))
}
