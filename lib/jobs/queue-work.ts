import { audit } from '@/lib/auth/audit'
import { requireAdminViewer, type Viewer } from '@/lib/auth/viewer'
import { Prisma } from '@/lib/db/generated/client'
import type { JobStatus } from '@/lib/db/generated/enums'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { logger } from '@/lib/log/logger'
import { countEndings } from '@/lib/metrics/endings'
import { promoteEntries, removeEndedEntries, removeEntry } from '@/lib/queue/entries'
import { announce, CANCEL_CHANNEL } from './announce'
import { definitions } from './catalog'

// What an admin does to all jobs of a queue, or to all in some status: in slices, each with its
// entry in the audit log, so that no statement holds many rows for long.

const SLICE = 1_000

/** Which jobs of a queue an action is about. */
type Selection = {
  queue: string
  statuses: JobStatus[]
  /** Only those created by then. */
  before?: Date
  ids?: string[]
}

/**
 * Takes waiting jobs out of a queue: their records say `CANCELED`, and by their id who did it: names
 * change, and go with their people. What runs already is left alone. They can be retried like any canceled job.
 * @param actor null for the command line
 * @returns how many
 */
export async function removeWaiting(actor: Viewer | null, selection: Selection): Promise<number> {
  const by = actor ? 'an admin' : 'the command line'
  const error = {
    name: 'Removed',
    code: 'removed',
    message: `Removed from the queue ${selection.queue} by ${by}.`,
    byId: actor?.userId ?? null,
  }
  return inSlices(actor, 'queue.remove', selection, async (tx) => {
    const ids = await changed(
      tx,
      Prisma.sql`
      WITH removed AS (
        UPDATE "Job" SET status = 'CANCELED', "finishedAt" = now(), "nextAttemptAt" = NULL,
          error = ${JSON.stringify(error)}::jsonb
        WHERE id IN (${chosen(selection)}) RETURNING id, attempt
      ), logged AS (
        INSERT INTO "JobLog" ("jobId", attempt, level, message)
        SELECT id, attempt, 'WARN', ${error.message} FROM removed
      )
      SELECT id FROM removed`,
    )
    await countEndings(tx, ids)
    return {
      ids,
      follow: () => inBackground(Promise.all(ids.map((id) => removeEntry(selection.queue, id)))),
    }
  })
}

/** Makes jobs that wait for their time, or for their next attempt, due now. @returns how many */
export async function promoteDelayed(actor: Viewer, queue: string): Promise<number> {
  const selection: Selection = { queue, statuses: ['SCHEDULED', 'RETRYING'] }
  return inSlices(actor, 'queue.promote', selection, async (tx) => {
    const ids = await changed(
      tx,
      Prisma.sql`
      UPDATE "Job" SET
        "runAt" = CASE status WHEN 'SCHEDULED' THEN now() ELSE "runAt" END,
        "nextAttemptAt" = CASE status WHEN 'RETRYING' THEN now() END,
        status = CASE status WHEN 'SCHEDULED' THEN 'QUEUED' ELSE status END
      WHERE id IN (${chosen(selection, Prisma.sql`COALESCE("nextAttemptAt", "runAt") > now()`)})
      RETURNING id`,
    )
    return { ids, follow: () => inBackground(promoteEntries(queue, ids)) }
  })
}

/** Tells the running jobs of a queue to stop. @returns how many */
export async function cancelRunning(actor: Viewer, queue: string): Promise<number> {
  const selection: Selection = { queue, statuses: ['ACTIVE'] }
  return inSlices(actor, 'queue.cancel-running', selection, async (tx) => {
    const ids = await changed(
      tx,
      Prisma.sql`
      WITH told AS (
        UPDATE "Job" SET "cancelRequestedAt" = now()
        WHERE id IN (${chosen(selection, Prisma.sql`"cancelRequestedAt" IS NULL`)}) RETURNING id
      )
      SELECT id, pg_notify(${CANCEL_CHANNEL}, id::text)::text FROM told`,
    )
    return { ids }
  })
}

/**
 * Runs all failed jobs of a queue again, each with as many new attempts as its type allows. A job
 * whose work is under way again already stays failed.
 * @param actor null for the command line
 * @returns how many run again
 */
export async function retryFailed(actor: Viewer | null, queue: string): Promise<number> {
  const selection: Selection = { queue, statuses: ['FAILED'] }
  const attempts = JSON.stringify(
    Object.fromEntries(definitions.map((definition) => [definition.type, definition.attempts])),
  )
  return inSlices(actor, 'queue.retry-failed', selection, async (tx) => {
    const ids = await changed(
      tx,
      Prisma.sql`
      UPDATE "Job" SET status = 'QUEUED', "dispatchedAt" = NULL, "finishedAt" = NULL,
        "nextAttemptAt" = NULL, "cancelRequestedAt" = NULL, progress = NULL,
        "maxAttempts" = attempt + COALESCE((${attempts}::jsonb ->> type)::int, 1)
      WHERE id IN (${chosen(selection, WITHOUT_TWIN)}) RETURNING id`,
    )
    return { ids }
  })
}

/**
 * Removes the entries of ended jobs from a queue. Their records stay until retention removes them,
 * and failed ones can still be retried.
 */
export async function cleanEnded(
  actor: Viewer,
  queueName: string,
  state: 'completed' | 'failed',
  graceMs: number,
): Promise<void> {
  requireAdminViewer(actor)
  const entries = await removeEndedEntries(queueName, state, graceMs)
  await transaction((tx) =>
    audit(tx, actor, 'queue.clean', { type: 'queue', id: queueName }, { state, entries }),
  )
}

/** Failed jobs of a queue are counted up to this. */
export const FAILED_UP_TO = 1_000

/** How many jobs of a queue have failed and can be retried; `FAILED_UP_TO` may be more. */
export async function countFailed(queue: string): Promise<number> {
  const rows = await prisma().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM "Job" WHERE status = 'FAILED' AND queue = ${queue}
      LIMIT ${FAILED_UP_TO}) AS failed`
  return rows[0]?.count ?? 0
}

/** Of jobs that are one job while they have not ended, one alone may run again. */
const WITHOUT_TWIN = Prisma.sql`("dedupeKey" IS NULL OR NOT EXISTS (
  SELECT 1 FROM "Job" twin WHERE twin."dedupeKey" = job."dedupeKey" AND twin.id <> job.id
    AND (twin.status IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING')
      OR (twin.status = 'FAILED' AND twin.id < job.id))))`

function chosen({ queue, statuses, before, ids }: Selection, also = Prisma.sql`true`): Prisma.Sql {
  return Prisma.sql`
    SELECT id FROM "Job" job
    WHERE status = ANY(${statuses}::"JobStatus"[]) AND queue = ${queue}
      AND (${before ?? null}::timestamptz IS NULL OR "createdAt" <= ${before ?? null})
      AND (${ids ?? null}::uuid[] IS NULL OR id = ANY(${ids ?? null}::uuid[]))
      AND ${also}
    ORDER BY id LIMIT ${SLICE} FOR UPDATE SKIP LOCKED`
}

async function changed(tx: Database, statement: Prisma.Sql): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(statement)
  return rows.map(({ id }) => id)
}

type Slice = { ids: string[]; follow?: () => void }

async function inSlices(
  actor: Viewer | null,
  action: string,
  { queue, statuses, ids: wanted }: Selection,
  work: (tx: Database) => Promise<Slice>,
): Promise<number> {
  if (actor) requireAdminViewer(actor)
  let total = 0
  for (;;) {
    const { ids, follow } = await transaction(async (tx) => {
      const slice = await work(tx)
      await audit(
        tx,
        actor,
        action,
        { type: 'queue', id: queue },
        {
          jobs: slice.ids.length,
          statuses: statuses.map((status) => status.toLowerCase()),
          ...(wanted ? { ids: wanted } : {}),
        },
      )
      await announce(tx, slice.ids)
      return slice
    })
    follow?.()
    total += ids.length
    if (ids.length < SLICE) return total
  }
}

/** The records are the truth; an entry that stays is dropped, or put off, when a worker meets it. */
function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    logger('queue').debug({ err: error }, 'The queue did not follow its records at once')
  })
}
