import { waitUntil } from '@/bin/postgres/processes'
import { rollUp } from '@/lib/metrics/roll-up'
import { type Span, spans, startOf } from '@/lib/metrics/spans'
import { foldEndings } from '@/lib/metrics/totals'
import { type Problem, problemsIn } from './problem'

/** What another process is counting just now is counted soon. */
const LIMIT_MS = 15_000

/** Totals against the history of the records: each ending counts, whatever became of it later. */
const TOTALS = `
WITH counted AS (
  SELECT queue, type, status::text, sum(count) AS count FROM "JobTotal" GROUP BY 1, 2, 3
), happened AS (
  SELECT queue, type, status, count(*) AS count FROM chaos_history
  WHERE status IN ('COMPLETED', 'FAILED', 'CANCELED', 'RETRYING')
  GROUP BY 1, 2, 3
)
SELECT format('The totals say %s %s of %s in %s, the history %s', COALESCE(counted.count, 0), status, type,
  queue, COALESCE(happened.count, 0)) AS text
FROM counted FULL JOIN happened USING (queue, type, status)
WHERE COALESCE(counted.count, 0) <> COALESCE(happened.count, 0)
`

/** How often the lengths of time of what has begun and ended are in the histograms of the totals. */
const TIMES = `
WITH counted AS (
  SELECT queue, type, sum(waits.number) AS waits
  FROM "JobTotal", LATERAL (
    SELECT COALESCE(sum(value::bigint), 0) AS number FROM jsonb_each_text("JobTotal".waits)) waits
  WHERE status = 'COMPLETED' GROUP BY 1, 2
), happened AS (
  SELECT queue, type, count(*) AS count FROM chaos_history WHERE status = 'COMPLETED' GROUP BY 1, 2
)
SELECT format('The totals know how long %s completed %s waited, not %s', waits, type, count) AS text
FROM counted JOIN happened USING (queue, type) WHERE waits <> count
`

/** Roll-ups against the records as they are now. */
const rollUps = (seconds: Span) => `
WITH counted AS (
  SELECT start, queue, type, completed, failed, canceled FROM "Rollup" WHERE span = ${seconds}
), happened AS (
  SELECT ${startOf(seconds, '"finishedAt"')} AS start, queue, type,
    count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
    count(*) FILTER (WHERE status = 'FAILED') AS failed,
    count(*) FILTER (WHERE status = 'CANCELED') AS canceled
  FROM "Job" WHERE "finishedAt" IS NOT NULL GROUP BY 1, 2, 3
)
SELECT format('The roll-up of ${seconds} s from %s says %s of %s, the records %s', start,
  (counted.completed, counted.failed, counted.canceled), type,
  (happened.completed, happened.failed, happened.canceled)) AS text
FROM counted FULL JOIN happened USING (start, queue, type)
WHERE (counted.completed, counted.failed, counted.canceled)
  IS DISTINCT FROM (happened.completed::int, happened.failed::int, happened.canceled::int)
`

/** Totals and roll-ups are what plain SQL counts. */
export async function figureProblems(limitMs = LIMIT_MS): Promise<Problem[]> {
  let problems: Problem[] = []
  await waitUntil(async () => {
    problems = await compare()
    return problems.length === 0
  }, limitMs)
  return problems
}

async function compare(): Promise<Problem[]> {
  await foldEndings()
  await rollUp()
  const found = [...(await problemsIn(TOTALS)), ...(await problemsIn(TIMES))]
  for (const { seconds } of spans) found.push(...(await problemsIn(rollUps(seconds))))
  return found
}
