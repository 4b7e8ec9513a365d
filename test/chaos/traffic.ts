import { setTimeout as pause } from 'node:timers/promises'
import { submitBatch } from '@/app/_server/jobs/submit-batch'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { email } from '@/lib/jobs/types/email'
import { webhook } from '@/lib/jobs/types/webhook'
import { submit } from '@/test/support/engine'
import { createScheduleRecord } from '@/test/support/schedules'
import type { Receiver } from './receiver'
import type { Stage } from './stage'

// What endings lead to: mails, batches, failures, schedules and events of one person, so that
// `verify` has something to find missing.

/** Slow enough for the rate limit of mails, which what is told by mail comes under too. */
const EVERY_MS = 1_000
const BATCH = 3
/** A receiver that answers 404 here. */
const GONE = '/gone'
const SCHEDULE = '*/5 * * * * *'

/** Gives a person an endpoint, a schedule and mails about what happens; before any worker starts. */
export async function settleIn(userId: string, receiver: Receiver): Promise<void> {
  receiver.behave(GONE, (response) => response.writeHead(404).end())
  await prisma().user.update({ where: { id: userId }, data: { notifyByMail: true } })
  const viewer: Viewer = { userId, role: 'USER' }
  await createEndpoint(viewer, { url: `${receiver.url}/events`, eventTypes: [] })
  await createScheduleRecord({
    ownerId: userId,
    type: 'webhook',
    input: hookTo(receiver, '/scheduled'),
    cron: SCHEDULE,
    nextFireAt: new Date(Math.ceil(Date.now() / 5_000) * 5_000),
  })
}

export type Traffic = {
  /** Stops, and waits until the last request was answered. */
  stop(): Promise<void>
}

/** Goes on asking for work of every kind for a person who has settled in; refusals do not matter. */
export function keepAsking(stage: Stage, userId: string, receiver: Receiver): Traffic {
  const requests = [
    () => mail(stage, userId),
    () => hook(stage, userId, hookTo(receiver, GONE)),
    () => batch(stage, userId, receiver),
    () => hook(stage, userId, hookTo(receiver, '/')),
  ]
  let stopped = false
  const loop = async () => {
    for (let at = 0; !stopped; at++) {
      await requests[at % requests.length]?.().catch(() => undefined)
      await pause(EVERY_MS)
    }
  }
  const done = loop()
  stage.onClose(() => {
    stopped = true
  })
  return {
    async stop() {
      stopped = true
      await done
      await expectFailures(stage, receiver)
    },
  }
}

async function mail({ ledger }: Stage, ownerId: string): Promise<void> {
  const input = { to: 'ann@example.com', template: 'notice' as const }
  ledger.acknowledge((await submit(email, input, { ownerId })).id)
}

type Hook = ReturnType<typeof hookTo>

async function hook({ ledger }: Stage, ownerId: string, input: Hook): Promise<void> {
  ledger.acknowledge((await submit(webhook, input, { ownerId })).id)
}

async function batch({ ledger }: Stage, userId: string, receiver: Receiver): Promise<void> {
  const items = Array.from({ length: BATCH }, () => ({ input: hookTo(receiver, '/') }))
  const made = await submitBatch({ userId, role: 'USER' }, { type: 'webhook', items })
  ledger.acknowledgeBatch(made.batchId, made.count)
}

function hookTo({ url }: Receiver, path: string) {
  return { url: `${url}${path}`, event: 'chaos.tested', payload: { path } }
}

/** Also those whose commit nobody heard of. */
async function expectFailures({ expectations }: Stage, { url }: Receiver): Promise<void> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM "Job" WHERE type = 'webhook' AND input ->> 'url' = $1`,
    [`${url}${GONE}`],
  )
  for (const { id } of rows) expectations.fails(id, 'http_404')
}
