import { pool } from '@/lib/db/pool'
import { byQueue } from '@/lib/queue/by-queue'
import type { QueueEntry } from '@/lib/queue/entries'
import { entryStates } from '@/lib/queue/inspect'
import { lastTurns } from '../turn'

/**
 * Jobs take their turn anew, as jobs do that begin to wait: old turns overtake nobody, and a million
 * jobs that one person's pause held do not hold up another's few. They wait from now on. Said twice, it changes nothing.
 */
const TAKE_TURN = `
WITH held AS (
  SELECT job.id, job.queue, job."ownerId", job.priority, asked.place
  FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place) JOIN "Job" job USING (id)
  WHERE job.turn = 0 AND job.status IN ('SCHEDULED', 'QUEUED', 'RETRYING')
  ORDER BY job.id FOR UPDATE OF job
), ${lastTurns('held').sql}, placed AS (
  SELECT held.id,
    line.last + row_number() OVER (PARTITION BY held.queue, held."ownerId" ORDER BY place) AS turn
  FROM held JOIN line
    ON line.queue = held.queue AND line."ownerId" IS NOT DISTINCT FROM held."ownerId"
      AND line.priority = held.priority
)
UPDATE "Job" job SET turn = placed.turn, "waitingSince" = now() FROM placed WHERE job.id = placed.id
RETURNING job.id, job.turn
`

/**
 * Puts jobs back in line whose pause is over. One whose entry is still in its queue is left for later:
 * the worker that holds the job may be about to take the entry out.
 * @param entries the most urgent first
 * @returns those that can be handed over
 */
export async function releaseJobs(entries: QueueEntry[]): Promise<QueueEntry[]> {
  const gone: QueueEntry[] = []
  for (const [queue, jobs] of byQueue(entries)) {
    const states = await entryStates(
      queue,
      jobs.map(({ id }) => id),
    )
    const isGone = ({ id }: QueueEntry) =>
      ['absent', 'leftover'].includes(states.get(id) ?? 'absent')
    gone.push(...jobs.filter(isGone))
  }
  if (gone.length === 0) return []
  const { rows } = await pool().query<{ id: string; turn: number }>(TAKE_TURN, [
    gone.map(({ id }) => id),
  ])
  const turns = new Map(rows.map(({ id, turn }) => [id, turn]))
  return gone.map((entry) => ({ ...entry, turn: turns.get(entry.id) ?? entry.turn }))
}
