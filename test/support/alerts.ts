import type { RuleInput } from '@/app/_server/alerts/fields'
import { createRule, type Rule } from '@/app/_server/alerts/rules'
import type { Viewer } from '@/lib/access/viewer'
import type { Alert } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'

/** A rule that tells every channel at once, each time. */
export function ruleOn(
  admin: Viewer,
  kind: RuleInput['kind'],
  terms: Partial<RuleInput> = {},
): Promise<Rule> {
  return createRule(admin, {
    kind,
    name: `Rule on ${kind}`,
    scope: 'ALL',
    target: null,
    fireAt: 1,
    resolveAt: 0,
    windowMinutes: null,
    quietMinutes: 0,
    channelIds: null,
    ...terms,
  })
}

/** The alerts of a rule, in the order they fired. */
export function alertsOf({ id }: Pick<Rule, 'id'>): Promise<Alert[]> {
  return prisma().alert.findMany({ where: { ruleId: id }, orderBy: { id: 'asc' } })
}

type Ending = 'COMPLETED' | 'FAILED' | 'CANCELED'

/** Records of jobs that ended one after the other, the last one just now, a second apart. */
export async function createEnded(
  job: { queue: string; type: string; tags?: string[] },
  endings: readonly Ending[],
): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `WITH made AS (
     INSERT INTO "Job" (id, type, queue, status, title, input, "maxAttempts", backoff, "timeoutMs",
       "inputHash", attempt, tags, "createdAt", "runAt", "startedAt", "finishedAt")
     SELECT gen_random_uuid(), $1, $2, ending::"JobStatus", 'Ended', '{}', 1, '{}', 1000, '', 1, $3,
       at, at, at, at
     FROM unnest($4::text[]) WITH ORDINALITY AS given (ending, place),
       LATERAL (SELECT clock_timestamp() - (cardinality($4::text[]) - place) * interval '1 second' AS at) t
     RETURNING *
     ), noted AS (
       INSERT INTO "Ending" ("jobId", queue, type, status, attempt, at)
       SELECT id, queue, type, status, attempt, "finishedAt" FROM made
     )
     SELECT id FROM made`,
    [job.type, job.queue, job.tags ?? [], endings],
  )
  return rows.map(({ id }) => id)
}

/** Records of jobs that wait, for so many seconds. */
export async function createWaiting(
  job: { queue: string; type: string },
  count: number,
  seconds = 0,
): Promise<void> {
  await pool().query(
    `INSERT INTO "Job" (id, type, queue, status, title, input, "maxAttempts", backoff, "timeoutMs",
       "inputHash", tags, "createdAt", "runAt")
     SELECT gen_random_uuid(), $1, $2, 'QUEUED', 'Waiting', '{}', 1, '{}', 1000, '', '{}',
       now() - $4 * interval '1 second', now() - $4 * interval '1 second'
     FROM generate_series(1, $3)`,
    [job.type, job.queue, count, seconds],
  )
}
