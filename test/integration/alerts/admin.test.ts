import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createChannel,
  deleteChannel,
  getChannel,
  listChannels,
  rotateChannelSecret,
  testChannel,
  turnChannel,
  updateChannel,
} from '@/app/_server/alerts/channels'
import type { RuleInput } from '@/app/_server/alerts/fields'
import { countOpenAlerts, listAlertHistory, listOpenAlerts } from '@/app/_server/alerts/list'
import {
  createRule,
  deleteRule,
  getRule,
  listRules,
  turnRule,
  updateRule,
} from '@/app/_server/alerts/rules'
import type { Viewer } from '@/lib/access/viewer'
import { kindNames } from '@/lib/alerts/kinds/kinds'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { ensureAlertDefaults } from '@/workers/supervisor/alerts/defaults'

ownDatabase()

let admin: Viewer
let user: Viewer

beforeAll(async () => {
  user = await createViewer('USER')
})
// What one test did stays in the audit log, under the name of its own admin.
beforeEach(async () => {
  admin = await createViewer('ADMIN')
})

const mail = { kind: 'MAIL', name: 'Ops', allAdmins: false, recipients: ['ops@example.com'] }
const ops = { ...mail, kind: 'MAIL' as const }

const terms: RuleInput = {
  kind: 'failures-in-a-row',
  name: 'Failing mails',
  scope: 'QUEUE',
  target: 'email',
  fireAt: 3,
  resolveAt: 0,
  windowMinutes: null,
  quietMinutes: 10,
  channelIds: null,
}

async function audited(): Promise<string[]> {
  const where = { actorId: admin.userId }
  const entries = await prisma().auditEntry.findMany({ where, orderBy: { id: 'asc' } })
  return entries.map(({ action }) => action)
}

describe('what exists from the first start', () => {
  test('is a rule of each kind and a channel to all admins, whoever starts first', async () => {
    await Promise.all([ensureAlertDefaults(), ensureAlertDefaults(), ensureAlertDefaults()])
    const rules = await listRules(admin)
    expect(rules.map(({ kind }) => kind).sort()).toEqual([...kindNames].sort())
    expect(rules.every(({ enabled, allChannels }) => enabled && allChannels)).toBe(true)
    expect(await listChannels(admin)).toMatchObject([
      { kind: 'MAIL', name: 'All admins', allAdmins: true, enabled: true },
    ])
  })

  test('stays as an admin left it, deleted or changed', async () => {
    const [first, second] = await listRules(admin)
    const [channel] = await listChannels(admin)
    if (!first || !second || !channel) throw new Error('There are no defaults')
    await deleteRule(admin, first.id)
    await turnRule(admin, second.id, false)
    await deleteChannel(admin, channel.id)
    await ensureAlertDefaults()
    const rules = await listRules(admin)
    expect(rules).toHaveLength(kindNames.length - 1)
    expect(rules.find(({ id }) => id === second.id)).toMatchObject({ enabled: false })
    expect(await listChannels(admin)).toEqual([])
  })
})

describe('a rule', () => {
  test('is created, changed, switched and deleted, and each leaves an audit entry', async () => {
    const { channel } = await createChannel(admin, ops)
    const rule = await createRule(admin, { ...terms, channelIds: [channel.id] })
    expect(rule).toMatchObject({ enabled: true, channelIds: [channel.id], fireAt: 3 })
    const { kind: _kind, ...others } = terms
    const changed = await updateRule(admin, rule.id, { ...others, fireAt: 7, resolveAt: 2 })
    expect(changed).toMatchObject({ fireAt: 7, resolveAt: 2, channelIds: null })
    await turnRule(admin, rule.id, false)
    await turnRule(admin, rule.id, true)
    await deleteRule(admin, rule.id)
    await expect(getRule(admin, rule.id)).rejects.toThrow('not found')
    expect(await audited()).toEqual([
      'alert-channel.create',
      'alert-rule.create',
      'alert-rule.update',
      'alert-rule.disable',
      'alert-rule.enable',
      'alert-rule.delete',
    ])
  })

  test('that tells one channel tells nobody else when that is deleted', async () => {
    const { channel } = await createChannel(admin, ops)
    const rule = await createRule(admin, { ...terms, channelIds: [channel.id] })
    await deleteChannel(admin, channel.id)
    expect((await getRule(admin, rule.id)).channelIds).toEqual([])
  })

  test.each<[string, Partial<RuleInput>, RegExp]>([
    ['an end that is no less than its start', { resolveAt: 3 }, /resolveAt: Expected less/],
    ['a start of nothing', { fireAt: 0 }, /fireAt: Expected more than 0/],
    ['more than can be measured', { fireAt: 101 }, /fireAt: Expected at most 100/],
    ['a queue that is none', { target: 'nowhere' }, /target: Expected a queue or job type/],
    [
      'a type that is none',
      { scope: 'TYPE', target: 'mail' },
      /target: Expected a queue or job type/,
    ],
    ['a queue for what knows none', { kind: 'disk', fireAt: 9 }, /target: This kind is about no/],
    ['no name', { name: ' ' }, /name: Enter a name/],
    ['a longer look back than an hour', { windowMinutes: 61 }, /windowMinutes: Expected at most/],
    ['half a minute of quiet', { quietMinutes: 0.5 }, /quietMinutes: Expected a whole/],
    ['a threshold that is no number', { fireAt: Number.NaN }, /fireAt: Expected a number/],
  ])('is refused with %s', async (_what, part, message) => {
    await expect(createRule(admin, { ...terms, ...part })).rejects.toThrow(message)
    expect(await audited()).toEqual([])
  })
})

describe('a channel', () => {
  test('is created, changed, switched, tested and deleted, and each leaves an audit entry', async () => {
    const { channel, secret } = await createChannel(admin, ops)
    expect(secret).toBeUndefined()
    await updateChannel(admin, channel.id, { ...ops, name: 'Duty', recipients: ['a@example.com'] })
    expect(await getChannel(admin, channel.id)).toMatchObject({
      name: 'Duty',
      recipients: ['a@example.com'],
    })
    await testChannel(admin, channel.id)
    await turnChannel(admin, channel.id, false)
    await deleteChannel(admin, channel.id)
    expect(await audited()).toEqual([
      'alert-channel.create',
      'alert-channel.update',
      'alert-channel.test',
      'alert-channel.disable',
      'alert-channel.delete',
    ])
  })

  test('keeps its secret to itself, encrypted', async () => {
    const url = 'https://hooks.slack.example/services/T0/B0/hush'
    const { channel } = await createChannel(admin, { kind: 'SLACK', name: 'Slack', url })
    expect(channel).toMatchObject({ url: null, host: 'hooks.slack.example' })
    expect(JSON.stringify([channel, await listChannels(admin)])).not.toContain('hush')
    const kept = await prisma().alertChannel.findUniqueOrThrow({ where: { id: channel.id } })
    expect(kept.secret).toMatch(/^sealed:/)
    const hook = { kind: 'WEBHOOK', name: 'Hook', url: 'https://ops.example.com/in' } as const
    const made = await createChannel(admin, hook)
    expect(made.secret).toMatch(/^whsec_/)
    expect(made.channel).not.toHaveProperty('secret')
    const sealed = await prisma().alertChannel.findUniqueOrThrow({ where: { id: made.channel.id } })
    expect(sealed.secret).not.toContain(made.secret)
    expect(JSON.stringify(await prisma().auditEntry.findMany())).not.toMatch(/hush|whsec_/)
  })

  test('is refused without anybody to tell, or with an address that is none', async () => {
    await expect(createChannel(admin, { ...ops, recipients: [] })).rejects.toThrow(
      'recipients: Choose all admins, or enter an address',
    )
    await expect(createChannel(admin, { ...ops, recipients: ['a@b\nBcc: c@d'] })).rejects.toThrow(
      /recipients\.0/,
    )
    const slack = { kind: 'SLACK', name: 'Slack' } as const
    await expect(createChannel(admin, slack)).rejects.toThrow('url: Expected a URL')
    await expect(createChannel(admin, { ...slack, url: 'ftp://a.example' })).rejects.toThrow(
      /https:\/\/ or http:\/\//,
    )
  })
})

test('nobody but admins reads or changes any of it', async () => {
  const { channel } = await createChannel(admin, ops)
  const rule = await createRule(admin, terms)
  const { kind: _kind, ...changes } = terms
  const before = await Promise.all([listRules(admin), listChannels(admin)])
  const attempts = [
    () => listRules(user),
    () => getRule(user, rule.id),
    () => createRule(user, terms),
    () => updateRule(user, rule.id, changes),
    () => turnRule(user, rule.id, false),
    () => deleteRule(user, rule.id),
    () => listChannels(user),
    () => getChannel(user, channel.id),
    () => createChannel(user, ops),
    () => updateChannel(user, channel.id, ops),
    () => turnChannel(user, channel.id, false),
    () => testChannel(user, channel.id),
    () => rotateChannelSecret(user, channel.id),
    () => deleteChannel(user, channel.id),
    () => listOpenAlerts(user),
    () => listAlertHistory(user, { limit: 10 }),
    async () => countOpenAlerts(user),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow('Only an admin')
  expect(await Promise.all([listRules(admin), listChannels(admin)])).toEqual(before)
})
