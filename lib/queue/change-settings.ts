import { z } from 'zod'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import type { Prisma } from '@/lib/db/generated/client'
import { transaction } from '@/lib/db/transaction'
import { parseInput } from '@/lib/errors/parse-input'
import {
  noSettings,
  type QueueSettings,
  type RateLimit,
  SETTINGS_CHANNEL,
  type SettingRow,
  settingsOf,
} from './settings'

const concurrencySchema = z
  .int({ error: 'Expected a whole number from 1 to 1000' })
  .min(1, { error: 'Expected 1 to 1000' })
  .max(1_000, { error: 'Expected 1 to 1000' })
  .nullable()

const rateLimitSchema = z
  .strictObject({
    max: z.int().min(1, { error: 'Expected 1 or more jobs' }).max(1_000_000),
    durationMs: z
      .int()
      .min(1, { error: 'Expected 1 or more milliseconds' })
      .max(24 * 3600_000, { error: 'Expected at most a day' }),
  })
  .nullable()

/**
 * From now on no job of the queue starts; running ones end. Enqueueing goes on.
 * @param actor null for the command line
 */
export function pauseQueue(actor: Viewer | null, queue: string): Promise<QueueSettings> {
  return change(actor, queue, 'queue.pause', ({ pausedAt }) => ({
    pausedAt: pausedAt ?? new Date(),
  }))
}

/** Jobs of the queue start again. */
export function resumeQueue(actor: Viewer | null, queue: string): Promise<QueueSettings> {
  return change(actor, queue, 'queue.resume', () => ({ pausedAt: null }))
}

/**
 * How many jobs of the queue each worker runs at once; null: as the definition says.
 * @throws {AppError} `invalid_input`
 */
export async function setConcurrency(
  actor: Viewer | null,
  queue: string,
  concurrency: number | null,
): Promise<QueueSettings> {
  const wanted = parseInput(concurrencySchema, concurrency)
  return change(actor, queue, 'queue.concurrency', () => ({ concurrency: wanted }))
}

/**
 * How many jobs of the queue start within a time, over all workers; null: as the definition says.
 * @throws {AppError} `invalid_input`
 */
export async function setRateLimit(
  actor: Viewer | null,
  queue: string,
  rateLimit: RateLimit | null,
): Promise<QueueSettings> {
  const wanted = parseInput(rateLimitSchema, rateLimit)
  return change(actor, queue, 'queue.rate-limit', () => ({
    rateMax: wanted?.max ?? null,
    rateDurationMs: wanted?.durationMs ?? null,
  }))
}

async function change(
  actor: Viewer | null,
  queue: string,
  action: string,
  decide: (before: QueueSettings) => Partial<SettingRow>,
): Promise<QueueSettings> {
  if (actor) requireAdminViewer(actor)
  return transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`queue ${queue}`}))`
    const row = await tx.queueSetting.findUnique({ where: { queue } })
    const before = row ? settingsOf(row) : noSettings
    const data = { ...decide(before), updatedById: actor?.userId ?? null }
    const after = settingsOf(
      await tx.queueSetting.upsert({
        where: { queue },
        create: { queue, ...data },
        update: data,
      }),
    )
    const details = { before: asJson(before), after: asJson(after) }
    await audit(tx, actor, action, { type: 'queue', id: queue }, details)
    await tx.$executeRaw`SELECT pg_notify(${SETTINGS_CHANNEL}, ${queue})`
    return after
  })
}

function asJson({ pausedAt, ...settings }: QueueSettings): Prisma.InputJsonObject {
  return { ...settings, pausedAt: pausedAt?.toISOString() ?? null }
}
