import { pool } from '@/lib/db/pool'
import { countRepairs } from '@/lib/metrics/repairs'
import { removeEntries } from '@/lib/queue/entries'
import { waitingEntries } from '@/lib/queue/inspect'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const OPEN = `
SELECT id FROM "Job"
WHERE id = ANY($1::uuid[]) AND "endedAs" IS NULL
`

/**
 * Removes entries of a page of a queue whose job has ended or is gone.
 * @param from null to begin; else the `next` of the page before
 * @returns how many, and where the next page begins; null: there is none
 */
export async function removeSurplus(queue: string, from: string | null) {
  const { ids, next } = await waitingEntries(queue, from)
  // What somebody else put there is none of our business.
  const ours = ids.filter((id) => UUID.test(id))
  if (ours.length === 0) return { repaired: 0, next }
  const { rows } = await pool().query<{ id: string }>(OPEN, [ours])
  const open = new Set(rows.map(({ id }) => id))
  const surplus = ours.filter((id) => !open.has(id))
  const repaired = await removeEntries(queue, surplus)
  await countRepairs('entry_surplus', repaired)
  return { repaired, next }
}
