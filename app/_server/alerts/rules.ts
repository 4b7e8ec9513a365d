import { v7 as uuidv7 } from 'uuid'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { closeAlertsOf } from '@/lib/alerts/apply'
import type { AlertRule } from '@/lib/db/generated/client'
import { foundById } from '@/lib/db/page'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { parseInput } from '@/lib/errors/parse-input'
import { change, record, requireRoom } from './change'
import { type RuleInput, ruleSchema } from './fields'

/** Most rules of an installation: each is looked at every few seconds. */
const MOST_RULES = 100

/** A rule with the channels it tells; null: every channel. */
export type Rule = AlertRule & { channelIds: string[] | null }

/** All rules, in the order they were made. */
export async function listRules(admin: Viewer): Promise<Rule[]> {
  requireAdminViewer(admin)
  const rules = await prisma().alertRule.findMany({
    orderBy: { id: 'asc' },
    take: MOST_RULES,
    include: { channels: { select: { channelId: true } } },
  })
  return rules.map(withChannelIds)
}

/** @throws {AppError} `not_found` */
export async function getRule(admin: Viewer, id: string, db: Database = prisma()): Promise<Rule> {
  requireAdminViewer(admin)
  const include = { channels: { select: { channelId: true } } }
  const find = () => db.alertRule.findUnique({ where: { id }, include })
  return withChannelIds(await foundById(id, 'This rule', find))
}

/** @throws {AppError} `invalid_input` naming each field; `conflict` when there are too many */
export async function createRule(admin: Viewer, input: RuleInput): Promise<Rule> {
  requireAdminViewer(admin)
  const { channelIds, ...terms } = parseInput(ruleSchema, input)
  return transaction(async (tx) => {
    await requireRoom(tx, MOST_RULES, 'rules', () => tx.alertRule.count())
    const id = uuidv7()
    await tx.alertRule.create({ data: { id, ...terms, allChannels: channelIds === null } })
    await linkChannels(tx, id, channelIds)
    await record(tx, admin, 'alert-rule', 'create', { id, name: terms.name })
    return getRule(admin, id, tx)
  })
}

/**
 * Changes a rule; its kind stays. Alerts about what it does not watch any more close by themselves.
 * @throws {AppError} `invalid_input` naming each field; `not_found`
 */
export async function updateRule(
  admin: Viewer,
  id: string,
  input: Omit<RuleInput, 'kind'>,
): Promise<Rule> {
  requireAdminViewer(admin)
  return transaction(async (tx) => {
    const { kind } = await getRule(admin, id, tx)
    const { channelIds, ...terms } = parseInput(ruleSchema, { ...input, kind })
    await tx.alertRule.update({
      where: { id },
      data: { ...terms, allChannels: channelIds === null },
    })
    await tx.alertRuleChannel.deleteMany({ where: { ruleId: id } })
    await linkChannels(tx, id, channelIds)
    await record(tx, admin, 'alert-rule', 'update', { id, name: terms.name })
    return getRule(admin, id, tx)
  })
}

/** Switches a rule on or off; off, what it had open closes, and its channels hear of it. */
export function turnRule(admin: Viewer, id: string, enabled: boolean): Promise<void> {
  return changeRule(admin, id, enabled ? 'enable' : 'disable', async (tx) => {
    await tx.alertRule.update({ where: { id }, data: { enabled } })
    if (!enabled) await closeAlertsOf(tx, id, 'Its rule was switched off.')
  })
}

/** Deletes a rule; the history of its alerts stays. */
export function deleteRule(admin: Viewer, id: string): Promise<void> {
  return changeRule(admin, id, 'delete', async (tx) => {
    await closeAlertsOf(tx, id, 'Its rule was deleted.')
    await tx.alertRule.delete({ where: { id } })
  })
}

function changeRule(
  admin: Viewer,
  id: string,
  what: string,
  work: (tx: Database) => Promise<void>,
): Promise<void> {
  return change(admin, ['alert-rule', what], (tx) => getRule(admin, id, tx), work)
}

/** Those that were deleted meanwhile are left out. */
async function linkChannels(tx: Database, ruleId: string, ids: string[] | null): Promise<void> {
  if (!ids?.length) return
  const known = await tx.alertChannel.findMany({ where: { id: { in: ids } }, select: { id: true } })
  await tx.alertRuleChannel.createMany({
    data: known.map(({ id: channelId }) => ({ ruleId, channelId })),
  })
}

function withChannelIds({
  channels,
  ...rule
}: AlertRule & { channels: { channelId: string }[] }): Rule {
  const chosen = channels.map(({ channelId }) => channelId)
  return { ...rule, channelIds: rule.allChannels ? null : chosen }
}
