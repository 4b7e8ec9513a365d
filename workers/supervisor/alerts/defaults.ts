import { v7 as uuidv7 } from 'uuid'
import type { AlertKind } from '@/lib/alerts/kinds/kind'
import { type KindName, kindNames, kinds } from '@/lib/alerts/kinds/kinds'
import { pool } from '@/lib/db/pool'

const ADMINS = 'channel all-admins'

const CREATE = `
WITH fresh AS (
  INSERT INTO "AlertDefault" (key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING key
), channel AS (
  INSERT INTO "AlertChannel" (id, kind, name, "allAdmins", recipients)
  SELECT $2::uuid, 'MAIL', 'All admins', true, '{}' FROM fresh WHERE key = '${ADMINS}'
)
INSERT INTO "AlertRule" (id, name, kind, "fireAt", "resolveAt", "windowMinutes")
SELECT given.id, given.name, given.kind, given."fireAt", given."resolveAt", given."windowMinutes"
FROM jsonb_to_recordset($3::jsonb) AS given(id uuid, key text, name text, kind text,
  "fireAt" float8, "resolveAt" float8, "windowMinutes" int) JOIN fresh USING (key)
`

/**
 * Creates a rule of each kind, and a channel that mails all admins, each once in the life of the
 * installation: what an admin changed or deleted stays so.
 */
export async function ensureAlertDefaults(): Promise<void> {
  const { rows } = await pool().query<{ key: string }>('SELECT key FROM "AlertDefault"')
  const known = new Set(rows.map(({ key }) => key))
  const missing = [ADMINS, ...kindNames.map(keyOf)].filter((key) => !known.has(key))
  if (missing.length === 0) return
  const rules = kindNames.map((kind) => ({ id: uuidv7(), key: keyOf(kind), ...ruleOf(kind) }))
  await pool().query(CREATE, [missing, uuidv7(), JSON.stringify(rules)])
}

function keyOf(kind: KindName): string {
  return `rule ${kind}`
}

function ruleOf(kind: KindName) {
  const { label, fireAt, resolveAt, window }: AlertKind = kinds[kind]
  return { name: label, kind, fireAt, resolveAt, windowMinutes: window ?? null }
}
