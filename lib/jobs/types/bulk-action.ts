import { z } from 'zod'
import { bulkActionNames } from '@/lib/jobs/bulk/action'
import { bulkTitle } from '@/lib/jobs/bulk/title'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'
import { filterWordsSchema } from '../lists/filter'

const input = z.strictObject({
  action: z.enum(bulkActionNames),
  filter: filterWordsSchema,
  /** Asked for by an admin: jobs of everybody; else those of the job's own owner. */
  everybody: z.boolean(),
  /** Tries a few first; the others follow if these succeed. */
  rehearse: z.boolean().exactOptional(),
  /** Files that deleted jobs made go with them. */
  deleteFiles: z.boolean().exactOptional(),
})

/** How many jobs a rehearsal tries before the others. */
export const REHEARSED = 5

export type BulkInput = z.output<typeof input>

/**
 * Does one thing to all jobs that match a filter. Its queue is its own, so that a million changes of
 * one person hold up no work; people ask for it by a filter, never by its input.
 */
export const bulkAction = defineJob({
  type: 'bulk-action',
  queue: defineQueue({ name: 'bulk-actions', concurrency: 10 }),
  label: 'Bulk action',
  description: 'Retries, cancels, promotes or deletes all jobs that match a filter.',
  input,
  // 2: with `deleteFiles`, `rehearse` and several statuses.
  inputVersion: 2,
  output: z.object({ matched: z.int(), changed: z.int(), skipped: z.int() }),
  timeoutMs: 6 * 3600_000,
  userFacing: false,
  async prepare(_db, inputs) {
    return inputs.map(({ action, filter }) => ({ title: bulkTitle(action, filter) }))
  },
})
