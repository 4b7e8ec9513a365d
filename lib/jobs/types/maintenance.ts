import { z } from 'zod'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'

/** What becomes of somebody's data: all of it goes, or all that is personal. */
export const removalWays = ['delete', 'anonymize'] as const
export type RemovalWay = (typeof removalWays)[number]

/** What the system does for itself; each task has its work in `workers/handlers/maintenance`. */
const titles = {
  retention: 'Retention: remove what has been kept long enough',
  digest: 'Weekly digest: mail people what their jobs did',
  rollup: 'Metric roll-up: keep figures of longer spans only',
  'remove-user': 'Removal: remove the data of a user',
} as const

export type MaintenanceTask = keyof typeof titles

const input = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('retention') }),
  z.strictObject({ task: z.literal('digest') }),
  z.strictObject({ task: z.literal('rollup') }),
  z.strictObject({
    task: z.literal('remove-user'),
    userId: z.uuid(),
    way: z.enum(removalWays),
    /** Who asked for it. */
    adminId: z.uuid(),
    /** A long removal is done in several jobs. */
    part: z.int().min(1),
  }),
])

export type MaintenanceInput = z.output<typeof input>
export type UserRemoval = Extract<MaintenanceInput, { task: 'remove-user' }>

/** Keeps Millrace itself in order; made by the system only. */
export const maintenance = defineJob({
  type: 'maintenance',
  queue: defineQueue({ name: 'maintenance', concurrency: 1 }),
  label: 'Maintenance',
  description: 'Keeps Millrace itself in order.',
  input,
  /** How much of what was done, e.g. `{ jobs: 1200, mails: 40 }`. */
  output: z.record(z.string(), z.int()),
  timeoutMs: 10 * 60_000,
  userFacing: false,
  async prepare(_db, inputs) {
    return inputs.map((given) => ({
      title: titles[given.task],
      ...(given.task === 'remove-user'
        ? { dedupeKey: [given.userId, given.way, given.part].join(' ') }
        : {}),
    }))
  },
})
