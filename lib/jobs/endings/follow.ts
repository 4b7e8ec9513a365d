import { v7 as uuidv7 } from 'uuid'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import type { Database } from '@/lib/db/prisma'
import { figuresOf } from '@/lib/metrics/figures'
import { noticesOf } from '@/lib/notifications/notice'
import { eventsOf } from '@/lib/webhooks/job-events'
import { definitions } from '../catalog'

/** SQL: the job types whose owners hear that a job is done. */
const TELL_WHEN_DONE = `'{${definitions
  .flatMap(({ type, notifiesWhenDone }) => (notifiesWhenDone ? [type] : []))
  .join(',')}}'::text[]`

/**
 * SQL: of the notes in `taken`, those of which more follows than figures, with what does not change about
 * their jobs and attempts. Most jobs complete and interest nobody: they are not looked at.
 */
const ABOUT = `
  SELECT taken.*, job.title, job.tags, job."batchId", job."scheduleId", attempt.error
  FROM taken JOIN "Job" job ON job.id = taken."jobId"
    LEFT JOIN "Attempt" attempt ON attempt."jobId" = taken."jobId" AND attempt.number = taken.attempt
  WHERE taken.status <> 'COMPLETED' OR taken.type = ANY (${TELL_WHEN_DONE})
    OR taken."ownerId" IN (SELECT "ownerId" FROM "WebhookEndpoint" WHERE enabled)`

/** SQL: people find jobs by the words of their errors. */
const FOUND = `
  UPDATE "JobFacts" facts SET text = left(facts.text || ' ' || said.words, 8000)
  FROM (
    SELECT "jobId", string_agg(DISTINCT lower(error ->> 'message'), ' ') AS words
    FROM about WHERE error ->> 'message' IS NOT NULL GROUP BY "jobId"
  ) said
  WHERE facts."jobId" = said."jobId" AND strpos(facts.text, said.words) = 0`

/** SQL: what somebody is told of the endings in `about`. @param ids SQL: ids for two notifications a job */
const told = (ids: string) => `
about AS MATERIALIZED (${ABOUT}),
found AS (${FOUND}),
noticed AS (${noticesOf('about', ids, TELL_WHEN_DONE)}),
published AS (${eventsOf('about')})`

const FOLLOW = `
WITH taken AS (
  DELETE FROM "Ending" WHERE id IN (
    SELECT id FROM "Ending" WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE SKIP LOCKED)
  RETURNING *
), ${told('$2::uuid[]')}, counted AS (${figuresOf('taken')})
SELECT count(*)::int AS taken, (SELECT count(*) FROM noticed) AS notices FROM taken
`

/**
 * Noted endings, of each of which everything follows in the transaction that takes its note: the owner's
 * notification, events for webhooks, words to search for, figures. It tells what happened then, whatever
 * has become of the job since.
 */
export const notedEndings = {
  name: 'noted ending',

  async find(limit: number): Promise<bigint[]> {
    const { rows } = await pool().query<{ id: string }>(
      'SELECT id FROM "Ending" ORDER BY id LIMIT $1',
      [limit],
    )
    return rows.map(({ id }) => BigInt(id))
  },

  async handle(ids: bigint[]): Promise<number> {
    const { rows } = await pool().query<{ taken: number }>(FOLLOW, [ids, noticeIds(ids)])
    return rows[0]?.taken ?? 0
  },

  /** What cannot be told is counted all the same; what cannot be counted either is left out. */
  async setAside(id: bigint): Promise<void> {
    const untold = 'UPDATE "Ending" SET "jobId" = NULL WHERE id = $1 AND "jobId" IS NOT NULL'
    const { rowCount } = await pool().query(untold, [id])
    if (rowCount === 0) await pool().query('DELETE FROM "Ending" WHERE id = $1', [id])
  },
}

/** Whether an ending has been noted of which nothing has followed yet. */
export async function areEndingsNoted(): Promise<boolean> {
  const { rows } = await pool().query<{ noted: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM "Ending") AS noted',
  )
  return rows[0]?.noted ?? false
}

/**
 * Tells of jobs that are about to be removed, by the transaction that removes them and has locked them,
 * how they ended; their figures follow as always.
 */
export async function tellBeforeRemoval(tx: Database, jobIds: string[]): Promise<void> {
  await tx.$queryRaw(Prisma.sql`
    WITH taken AS (
      SELECT * FROM "Ending" WHERE "jobId" = ANY(${jobIds}::uuid[]) ORDER BY id FOR UPDATE
    ), untied AS (
      UPDATE "Ending" SET "jobId" = NULL FROM taken WHERE "Ending".id = taken.id
    ), ids AS (SELECT ${noticeIds(jobIds)}::uuid[] AS given),
    ${Prisma.raw(told('(SELECT given FROM ids)'))}
    SELECT count(*)::int, (SELECT count(*)::int FROM noticed) AS notices FROM taken`)
}

/** A job has two kinds of notification at most. */
function noticeIds(endings: readonly unknown[]): string[] {
  return endings.flatMap(() => [uuidv7(), uuidv7()])
}
