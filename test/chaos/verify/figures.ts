import { waitUntil } from '@/bin/postgres/processes'
import { EVER, type Span, spans, startOf } from '@/lib/metrics/spans'
import { type Problem, problemsIn } from './problem'

/** What has ended just now is counted soon. */
const LIMIT_MS = 15_000

/** Figures against the history of the records: each ending counts once, whatever became of it later. */
const counts = (span: Span | typeof EVER) => `
WITH counted AS (
  SELECT start, queue, type, status::text, count FROM "Figure" WHERE span = ${span}
), happened AS (
  SELECT ${startOf(span, 'at')} AS start, queue, type, status, count(*) AS count FROM chaos_history
  WHERE status IN ('COMPLETED', 'FAILED', 'CANCELED', 'RETRYING')
  GROUP BY 1, 2, 3, 4
)
SELECT format('The figures of ${span} s from %s say %s %s of %s in %s, the history %s', start,
  COALESCE(counted.count, 0), status, type, queue, COALESCE(happened.count, 0)) AS text
FROM counted FULL JOIN happened USING (start, queue, type, status)
WHERE COALESCE(counted.count, 0) <> COALESCE(happened.count, 0)
`

/** How often the lengths of time of what has begun and ended are in the histograms. */
const TIMES = `
SELECT format('The figures know how long %s completed %s waited and %s ran, not %s', waits.number, type,
  runs.number, count) AS text
FROM "Figure",
  LATERAL (SELECT COALESCE(sum(value::bigint), 0) AS number FROM jsonb_each_text("Figure".waits)) waits,
  LATERAL (SELECT COALESCE(sum(value::bigint), 0) AS number FROM jsonb_each_text("Figure".runs)) runs
WHERE status = 'COMPLETED' AND (waits.number <> count OR runs.number <> count)
`

/** The figures of every span are what plain SQL counts. */
export async function figureProblems(limitMs = LIMIT_MS): Promise<Problem[]> {
  let problems: Problem[] = []
  await waitUntil(async () => {
    problems = await compare()
    return problems.length === 0
  }, limitMs)
  return problems
}

async function compare(): Promise<Problem[]> {
  const found = [...(await problemsIn(TIMES)), ...(await problemsIn(counts(EVER)))]
  for (const { seconds } of spans) found.push(...(await problemsIn(counts(seconds))))
  return found
}
