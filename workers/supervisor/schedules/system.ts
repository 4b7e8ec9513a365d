import { v7 as uuidv7 } from 'uuid'
import { pool } from '@/lib/db/pool'
import type { MaintenanceInput } from '@/lib/jobs/types/maintenance'

type SystemSchedule = { systemKey: string; name: string; input: MaintenanceInput; cron: string }

/** What Millrace does for itself, in UTC. Admins may pause these and change when they run. */
const systemSchedules: SystemSchedule[] = [
  { systemKey: 'retention', name: 'Retention', input: { task: 'retention' }, cron: '0 0 * * *' },
  { systemKey: 'digest', name: 'Weekly digest', input: { task: 'digest' }, cron: '0 9 * * 1' },
  { systemKey: 'rollup', name: 'Metric roll-up', input: { task: 'rollup' }, cron: '0 * * * *' },
]

const INSERT = `
INSERT INTO "Schedule" (id, "systemKey", name, type, input, cron, timezone, "missedPolicy",
  "overlapPolicy", "nextFireAt")
SELECT id, "systemKey", name, 'maintenance', input, cron, 'UTC', 'RUN_ONCE', 'SKIP', "nextFireAt"
FROM jsonb_to_recordset($1::jsonb) AS given(id uuid, "systemKey" text, name text, input jsonb,
  cron text, "nextFireAt" timestamptz)
ON CONFLICT DO NOTHING
`

/** Creates the schedules of the system that do not exist yet; those that do stay as they are. */
export async function ensureSystemSchedules(): Promise<void> {
  const { rows } = await pool().query<{ systemKey: string }>(
    'SELECT "systemKey" FROM "Schedule" WHERE "systemKey" IS NOT NULL',
  )
  const known = new Set(rows.map(({ systemKey }) => systemKey))
  const missing = systemSchedules.filter(({ systemKey }) => !known.has(systemKey))
  if (missing.length === 0) return
  // Loaded when needed, and without Prisma: a worker at rest stays small.
  const { nextFire } = await import('@/lib/schedules/next-fire')
  const now = new Date()
  const given = missing.map((schedule) => ({
    ...schedule,
    id: uuidv7(),
    nextFireAt: nextFire(schedule.cron, 'UTC', now),
  }))
  await pool().query(INSERT, [JSON.stringify(given)])
}
