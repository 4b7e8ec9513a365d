import { decide, isNothing, type OpenAlert } from '@/lib/alerts/decide'
import { type FactName, type Facts, readRecorded, readSurroundings } from '@/lib/alerts/facts/facts'
import { findKind } from '@/lib/alerts/kinds/kinds'
import type { RuleTerms } from '@/lib/alerts/terms'
import { inTransaction } from '@/lib/db/with-client'

/** How often rules are evaluated, in milliseconds. */
export const ALERT_INTERVAL_MS = 10_000

/** Names this work among the database's advisory locks; any number no other lock uses. */
const LOCK = 7_242_003

/** What is measured is found by its time; whatever the planner believes, it must not read all jobs. */
const BEGIN = 'BEGIN; SET LOCAL enable_seqscan = off'

/** No rows where another process is evaluating. */
const TAKE = 'SELECT now() AS at WHERE pg_try_advisory_xact_lock($1)'

const RULES = `
SELECT id, name, kind, scope, target, "fireAt", "resolveAt", "windowMinutes"
FROM "AlertRule" WHERE enabled
`

const OPEN = `
SELECT id, "ruleId", subject, "toldAt", "quietUntil" FROM "Alert" WHERE "resolvedAt" IS NULL
`

/**
 * Measures what the rules watch, and opens, tells and closes alerts. One process at a time measures: the
 * others leave it to that one. What it writes is conditional besides, so that no alert ever opens twice.
 * With nothing to change it is one transaction of a few queries, however many rules there are.
 */
export async function evaluateAlerts(): Promise<void> {
  const measured = await measure()
  if (!measured) return
  const { rules, open, recorded } = measured
  // Asked when nothing is locked any more, and no connection held.
  const facts = { ...recorded, ...(await readSurroundings(needsOf(rules))) }
  const changes = decide(rules, open, facts)
  if (isNothing(changes)) return
  // Loaded when first needed: a worker at rest stays small.
  const { applyChanges } = await import('@/lib/alerts/apply')
  await applyChanges(changes)
}

type Measured = { rules: RuleTerms[]; open: OpenAlert[]; recorded: Facts }

/** What the database knows; nothing where another process is measuring. */
function measure(): Promise<Measured | undefined> {
  return inTransaction(async (client) => {
    const taken = (await client.query<{ at: Date }>(TAKE, [LOCK])).rows[0]
    if (!taken) return undefined
    const rules = (await client.query<RuleTerms>(RULES)).rows
    const open = (await client.query<OpenAlert>(OPEN)).rows
    return { rules, open, recorded: await readRecorded(client, taken.at, needsOf(rules)) }
  }, BEGIN)
}

function needsOf(rules: readonly RuleTerms[]): Set<FactName> {
  return new Set(rules.flatMap(({ kind }) => findKind(kind)?.needs ?? []))
}
