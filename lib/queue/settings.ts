import { pool } from '@/lib/db/pool'

// What an admin decided about a queue lives in PostgreSQL alone: restarts and a lost Redis change
// nothing about it. Workers read it when they start and whenever a notification says so.

/** PostgreSQL channel that says that some setting of a queue or worker has changed. */
export const SETTINGS_CHANNEL = 'millrace_settings'

export type RateLimit = { max: number; durationMs: number }

/** Null everywhere: the queue goes by its definition. */
export type QueueSettings = {
  pausedAt: Date | null
  concurrency: number | null
  rateLimit: RateLimit | null
}

export const noSettings: QueueSettings = { pausedAt: null, concurrency: null, rateLimit: null }

/** A row of `QueueSetting`, as far as it says what holds. */
export type SettingRow = {
  pausedAt: Date | null
  concurrency: number | null
  rateMax: number | null
  rateDurationMs: number | null
}

/** The settings of all queues that have any, by queue. Without Prisma: a worker at rest stays small. */
export async function readQueueSettings(): Promise<Map<string, QueueSettings>> {
  const { rows } = await pool().query<SettingRow & { queue: string }>(
    'SELECT queue, "pausedAt", concurrency, "rateMax", "rateDurationMs" FROM "QueueSetting"',
  )
  return new Map(rows.map((row) => [row.queue, settingsOf(row)]))
}

export function settingsOf({ pausedAt, concurrency, rateMax, rateDurationMs }: SettingRow) {
  const rateLimit = rateMax && rateDurationMs ? { max: rateMax, durationMs: rateDurationMs } : null
  return { pausedAt, concurrency, rateLimit }
}

/** The settings of one queue. */
export async function queueSettings(queue: string): Promise<QueueSettings> {
  return (await readQueueSettings()).get(queue) ?? noSettings
}
