import { z } from 'zod'
import { defineJob } from '@/lib/jobs/definition'

/** What the system does for itself; each task has its work in `workers/handlers/maintenance`. */
const titles = {
  retention: 'Retention: remove what has been kept long enough',
  digest: 'Weekly digest: mail people what their jobs did',
  rollup: 'Metric roll-up: count the last hours anew',
} as const

export type MaintenanceTask = keyof typeof titles

const input = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('retention') }),
  z.strictObject({ task: z.literal('digest') }),
  z.strictObject({ task: z.literal('rollup') }),
])

export type MaintenanceInput = z.output<typeof input>

/** Keeps Millrace itself in order; made by schedules of the system only. */
export const maintenance = defineJob({
  type: 'maintenance',
  queue: 'maintenance',
  label: 'Maintenance',
  description: 'Keeps Millrace itself in order.',
  input,
  /** How much of what was done, e.g. `{ jobs: 1200, mails: 40 }`. */
  output: z.record(z.string(), z.int()),
  timeoutMs: 10 * 60_000,
  concurrency: 1,
  userFacing: false,
  async prepare(_db, inputs) {
    return inputs.map(({ task }) => ({ title: titles[task] }))
  },
})
