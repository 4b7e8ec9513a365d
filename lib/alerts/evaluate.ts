import type pg from 'pg'
import { inTransaction } from '@/lib/db/with-client'
import { decide, isNothing, type OpenAlert } from './decide'
import { type FactName, type Facts, readRecorded, readSurroundings } from './facts/facts'
import { findKind } from './kinds/kinds'
import type { RuleTerms } from './terms'

/** How often rules are evaluated, in milliseconds. */
export const ALERT_INTERVAL_MS = 10_000

/** Names this work among the database's advisory locks; any number no other lock uses. */
const LOCK = 7_242_003

/** What is measured is found by its time; whatever the planner believes, it must not read all jobs. */
const BEGIN = 'BEGIN; SET LOCAL enable_seqscan = off'

/** Rules that are on, and alerts that are open; no rows where another process is evaluating. */
const STATE = `
SELECT now() AS at,
  (SELECT COALESCE(json_agg(json_build_object('id', id, 'name', name, 'kind', kind, 'scope', scope,
    'target', target, 'fireAt', "fireAt", 'resolveAt', "resolveAt",
    'windowMinutes', "windowMinutes")), '[]')
   FROM "AlertRule" WHERE enabled) AS rules,
  (SELECT COALESCE(json_agg(json_build_object('id', id, 'ruleId', "ruleId", 'subject', subject,
    'toldAt', "toldAt", 'quietUntil', "quietUntil")), '[]')
   FROM "Alert" WHERE "resolvedAt" IS NULL) AS open
WHERE pg_try_advisory_xact_lock($1)
`

type Written = Omit<OpenAlert, 'toldAt' | 'quietUntil'> & {
  toldAt: string | null
  quietUntil: string | null
}
type State = { at: Date; rules: RuleTerms[]; open: Written[] }

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
  const { applyChanges } = await import('./apply')
  await applyChanges(changes)
}

type Measured = { rules: RuleTerms[]; open: OpenAlert[]; recorded: Facts }

/** What the database knows; nothing where another process is measuring. */
function measure(): Promise<Measured | undefined> {
  return inTransaction(async (client) => {
    const state = (await client.query<State>(STATE, [LOCK])).rows[0]
    return state && (await measuredOf(client, state))
  }, BEGIN)
}

async function measuredOf(client: pg.PoolClient, { at, rules, open }: State): Promise<Measured> {
  return {
    rules,
    open: open.map((alert) => ({
      ...alert,
      toldAt: dateOf(alert.toldAt),
      quietUntil: dateOf(alert.quietUntil),
    })),
    recorded: await readRecorded(client, at, needsOf(rules)),
  }
}

function needsOf(rules: readonly RuleTerms[]): Set<FactName> {
  return new Set(rules.flatMap(({ kind }) => findKind(kind)?.needs ?? []))
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
