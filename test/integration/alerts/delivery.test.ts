import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type Channel,
  createChannel,
  deleteChannel,
  rotateChannelSecret,
  testChannel,
  turnChannel,
  updateChannel,
} from '@/app/_server/alerts/channels'
import type { ChannelInput } from '@/app/_server/alerts/fields'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { enqueue } from '@/lib/jobs/enqueue'
import { webhook } from '@/lib/jobs/types/webhook'
import { alertsOf, createEnded, createWaiting, ruleOn } from '@/test/support/alerts'
import { reaches } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { type MailServer, startMailServer } from '@/test/support/smtp'
import { receives, verified } from '@/test/support/webhooks'
import { handlers } from '@/workers/handlers'
import { closeSmtp } from '@/workers/handlers/email/smtp'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'
import { evaluateAlerts } from '@/workers/supervisor/alerts/evaluate'
import { followEndings } from '@/workers/supervisor/endings'

ownDatabase({ WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8', APP_URL: 'https://jobs.example.com' })

/** The part of a Slack URL that whoever has it can post with. */
const TOKEN = 'T0SECRET-B0SECRET-XYZ'

let worker: Awaited<ReturnType<typeof startWorker>>
let receiver: Receiver
let smtp: MailServer
let admin: Viewer
let adminEmail: string

beforeAll(async () => {
  receiver = await startReceiver()
  smtp = await startMailServer()
  process.env.SMTP_URL = smtp.url
  worker = await startWorker({ jobs: catalogJobs(handlers), version: 'test' })
  admin = await createViewer('ADMIN')
  adminEmail = `${admin.userId}@example.com`
  await createViewer('USER')
  const gone = await createViewer('ADMIN')
  await prisma().user.update({ where: { id: gone.userId }, data: { disabledAt: new Date() } })
})
beforeEach(async () => {
  receiver.behaviour = { status: 200, body: 'ok' }
  receiver.received.length = 0
  smtp.refusal = undefined
  smtp.received.length = 0
  await prisma().alertRule.deleteMany()
  await prisma().alertChannel.deleteMany()
  await calm()
})
afterAll(async () => {
  await worker?.stop(1_000)
  closeSmtp()
  await receiver?.close()
  await smtp?.close()
})

/** A type that no worker takes and nothing else counts. */
const deep = { queue: 'reports', type: 'unknown' }
const onReports = { scope: 'QUEUE', target: 'reports' } as const

async function calm() {
  await pool().query(`DELETE FROM "Job" WHERE type = 'unknown'`)
}

async function fireAndResolve(): Promise<void> {
  await createWaiting(deep, 2)
  await evaluateAlerts()
  await calm()
  await evaluateAlerts()
}

function arrives(count: number) {
  return vi.waitFor(
    () => {
      expect(smtp.received).toHaveLength(count)
      return smtp.received
    },
    { timeout: 15_000, interval: 20 },
  )
}

async function channel(input: ChannelInput): Promise<Channel & { signing: string }> {
  const { channel: made, secret = '' } = await createChannel(admin, input)
  return { ...made, signing: secret }
}

const allAdmins: ChannelInput = {
  kind: 'MAIL',
  name: 'All admins',
  allAdmins: true,
  recipients: [],
}

describe('a mail channel', () => {
  test('brings an alert and its end to every admin at an SMTP server, and to its addresses', async () => {
    await channel({ ...allAdmins, recipients: ['ops@example.com'] })
    await ruleOn(admin, 'depth', { name: 'Deep queue', ...onReports })
    await createWaiting(deep, 2)
    await evaluateAlerts()
    const fired = await arrives(2)
    expect(fired.flatMap(({ to }) => to).sort()).toEqual([adminEmail, 'ops@example.com'].sort())
    for (const { parsed } of fired) {
      expect(parsed.subject).toBe('Alert: Deep queue (queue reports)')
      expect(parsed.text).toContain('2 jobs wait in queue reports.')
      expect(parsed.text).toMatch(/Since .* UTC\. You hear again when it is over, at 0 jobs\./)
      expect(parsed.text).toContain('https://jobs.example.com/admin/alerts')
    }
    await calm()
    await evaluateAlerts()
    const resolved = (await arrives(4)).slice(2)
    for (const { parsed } of resolved) {
      expect(parsed.subject).toBe('Resolved: Deep queue (queue reports)')
      expect(parsed.text).toMatch(/It is over\. Now: 0 jobs\. It lasted .* s\./)
      expect(parsed.text).toContain('It had begun with: 2 jobs wait in queue reports.')
    }
  })

  test('passes whatever else waits in the mail queue', async () => {
    await channel(allAdmins)
    await ruleOn(admin, 'depth', onReports)
    await fireAndResolve()
    const mails = await prisma().job.findMany({ where: { tags: { has: 'alert' }, type: 'email' } })
    expect(mails.map(({ priority, ownerId }) => ({ priority, ownerId }))).toContainEqual({
      priority: 1,
      ownerId: null,
    })
    expect(new Set(mails.map(({ priority }) => priority))).toEqual(new Set([1]))
  })

  test('that fails raises no alert about itself', async () => {
    await channel({ ...allAdmins, recipients: ['a', 'b', 'c', 'd'].map((n) => `${n}@example.com`) })
    const onMail = { scope: 'QUEUE', target: 'email' } as const
    const row = await ruleOn(admin, 'failures-in-a-row', { ...onMail, fireAt: 3 })
    const rate = await ruleOn(admin, 'failure-rate', { ...onMail, fireAt: 50, windowMinutes: 15 })
    await ruleOn(admin, 'depth', onReports)
    smtp.refusal = { at: 'recipient', code: 550, message: 'No such user' }
    await fireAndResolve()
    await vi.waitFor(
      async () => {
        const failed = { tags: { has: 'alert' }, status: 'FAILED' as const, type: 'email' }
        expect(await prisma().job.count({ where: failed })).toBe(10)
      },
      { timeout: 15_000 },
    )
    await followEndings()
    await evaluateAlerts()
    expect(await alertsOf(row)).toEqual([])
    expect(await alertsOf(rate)).toEqual([])
    await createEnded({ queue: 'email', type: 'email' }, ['FAILED', 'FAILED', 'FAILED'])
    await followEndings()
    await evaluateAlerts()
    expect(await alertsOf(row)).toMatchObject([{ value: 3 }])
  })
})

describe('a webhook channel', () => {
  const ops: ChannelInput = { kind: 'WEBHOOK', name: 'Pager', url: '' }

  test('gets signed events that its receiver verifies', async () => {
    const { signing } = await channel({ ...ops, url: receiver.url })
    const rule = await ruleOn(admin, 'depth', { name: 'Deep queue', ...onReports })
    await createWaiting(deep, 2)
    await evaluateAlerts()
    await receives(receiver, 1)
    await calm()
    await evaluateAlerts()
    const [fired, resolved] = await receives(receiver, 2)
    if (!fired || !resolved) throw new Error('Nothing came')
    const [alert] = await alertsOf(rule)
    const about = {
      alertId: alert?.id,
      rule: { id: rule.id, name: 'Deep queue', kind: 'depth' },
      subject: 'queue:reports',
      unit: 'jobs',
      fireAt: 1,
      resolveAt: 0,
      message: '2 jobs wait in queue reports.',
      firedAt: alert?.firedAt.toISOString(),
      url: 'https://jobs.example.com/admin/alerts',
    }
    expect(verified(signing, fired)).toMatchObject({
      type: 'alert.fired',
      data: { ...about, status: 'firing', value: 2, resolvedAt: null },
    })
    expect(verified(signing, resolved)).toMatchObject({
      type: 'alert.resolved',
      data: {
        ...about,
        status: 'resolved',
        value: 0,
        resolvedAt: alert?.resolvedAt?.toISOString(),
      },
    })
  })

  test('is tested, off and on, and signed with another secret after a rotation', async () => {
    const { id, signing } = await channel({ ...ops, url: receiver.url })
    expect(await testChannel(admin, id)).toBe(1)
    const [request] = await receives(receiver, 1)
    expect(request && verified(signing, request)).toMatchObject({
      type: 'alert.test',
      data: { status: 'test', message: expect.stringContaining('“Pager”') },
    })
    const rotated = await rotateChannelSecret(admin, id)
    await turnChannel(admin, id, false)
    await expect(testChannel(admin, id)).rejects.toThrow('switched off')
    await turnChannel(admin, id, true)
    await testChannel(admin, id)
    const [, after] = await receives(receiver, 2)
    if (!after) throw new Error('Nothing came')
    expect(verified(rotated, after)).toBeDefined()
    expect(() => verified(signing, after)).toThrow()
  })

  test('cannot lead to a private address that the operator does not allow', async () => {
    const url = 'http://169.254.169.254/latest'
    await expect(channel({ ...ops, url })).rejects.toThrow('private or reserved')
  })

  test('cannot be named by anybody’s own job', async () => {
    const { id } = await channel({ ...ops, url: receiver.url })
    const input = { endpointId: id, event: 'alert.fired', payload: {} }
    const attempt = prisma().$transaction((tx) =>
      enqueue(tx, webhook, input, { ownerId: admin.userId }),
    )
    await expect(attempt).rejects.toThrow('No endpoint of yours has this id')
  })

  test('that is gone fails what was on its way, and says so', async () => {
    const { id } = await channel({ ...ops, url: receiver.url })
    receiver.behaviour = { status: 503 }
    await testChannel(admin, id)
    await receives(receiver, 1)
    await deleteChannel(admin, id)
    const sent = await prisma().alertNotice.findFirstOrThrow({ orderBy: { id: 'desc' } })
    const job = await reaches(sent.jobId ?? '', 'FAILED', 20_000)
    expect(job.error).toMatchObject({ message: 'The channel was deleted.' })
  })
})

describe('a Slack channel', () => {
  test('gets a text with its special characters escaped, and its URL is nowhere to be read', async () => {
    const url = `${receiver.url}/services/${TOKEN}`
    const { id } = await channel({ kind: 'SLACK', name: 'Ops', url })
    await ruleOn(admin, 'depth', { name: 'Deep <queue> & co', ...onReports })
    await createWaiting(deep, 2)
    await evaluateAlerts()
    const [request] = await receives(receiver, 1)
    expect(request?.path).toBe(`/hooks/services/${TOKEN}`)
    const text = [
      '*Alert: Deep &lt;queue&gt; &amp; co (queue reports)*',
      '2 jobs wait in queue reports.',
    ].join('\n')
    const body = JSON.parse(request?.body ?? '')
    expect(Object.keys(body)).toEqual(['text'])
    expect(body.text.startsWith(text)).toBe(true)
    expect(body.text).toContain('<https://jobs.example.com/admin/alerts|Open alerts>')
    expect(request?.headers).not.toHaveProperty('webhook-signature')

    // Another name keeps the URL; a failing receiver must not make it known either.
    await updateChannel(admin, id, { kind: 'SLACK', name: 'Operations' })
    receiver.behaviour = { status: 404, body: 'no_team' }
    await testChannel(admin, id)
    await receives(receiver, 2)
    const sent = await prisma().alertNotice.findFirstOrThrow({ orderBy: { id: 'desc' } })
    await reaches(sent.jobId ?? '', 'FAILED')
    expect(await everythingStored()).not.toContain(TOKEN)
  })
})

/** The whole database as text. */
async function everythingStored(): Promise<string> {
  const { rows } = await pool().query<{ content: string }>(
    `SELECT query_to_xml('SELECT * FROM ' || quote_ident(schemaname) || '.' || quote_ident(tablename), true, false, '')::text AS content
     FROM pg_tables WHERE schemaname IN ('public', 'bullmq')`,
  )
  const all = rows.map(({ content }) => content).join('\n')
  expect(all).toContain('Operations')
  return all
}
