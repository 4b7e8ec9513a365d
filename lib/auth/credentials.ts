import { isScope, type Scope } from '@/lib/access/scopes'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'

/** SQL: sessions `s` that have not ended, with their users `u`; more conditions may follow. */
export const LIVE_SESSIONS = `"Session" s
  JOIN "User" u ON u."id" = s."userId" AND u."sessionVersion" = s."version"
  WHERE s."expiresAt" > now() AND u."disabledAt" IS NULL`

/** SQL: API keys `k` that work, with their users `u`; more conditions may follow. */
export const LIVE_KEYS = `"ApiKey" k JOIN "User" u ON u."id" = k."userId"
  WHERE k."revokedAt" IS NULL AND (k."expiresAt" IS NULL OR k."expiresAt" > now())
    AND u."disabledAt" IS NULL`

/** What a session or an API key lets its bearer do; a session has no scopes to keep to. */
type Rights = { role: Viewer['role']; scopes?: Scope[] }

/** What a key allows: an admin's acts as an admin only with the scope `admin`. */
export function rightsOfKey(ownerRole: Viewer['role'], given: readonly string[]): Required<Rights> {
  const scopes = given.filter(isScope)
  return { role: scopes.includes('admin') ? ownerRole : 'USER', scopes }
}

type Row = { id: string; role: Viewer['role']; scopes: string[] | null }

/** What these sessions and keys allow now, by their ids; those that have ended are missing. */
export async function currentRights(ids: readonly string[]): Promise<Map<string, Rights>> {
  const { rows } = await pool().query<Row>(
    `SELECT s."id", u."role", NULL::text[] AS "scopes" FROM ${LIVE_SESSIONS} AND s."id" = ANY ($1)
     UNION ALL
     SELECT k."id", u."role", k."scopes" FROM ${LIVE_KEYS} AND k."id" = ANY ($1)`,
    [ids],
  )
  return new Map(
    rows.map(({ id, role, scopes }) => [id, scopes ? rightsOfKey(role, scopes) : { role }]),
  )
}
