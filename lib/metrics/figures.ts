import { binOf } from './histogram'
import { EVER, spans, startOf } from './spans'

/** What a row of "Figure" counts. */
const KEY = 'span, start, queue, type, status'

/**
 * SQL that counts noted endings into "Figure": once for their minute, and for each longer span it lies in.
 * It only adds: what is retried, deleted or removed later did end. Rows are written in one order, so that
 * two that count at once wait for each other.
 * @param endings a table of them: `queue`, `type`, `status`, `waitedMs`, `ranMs` and `at`
 */
export function figuresOf(endings: string): string {
  return `
  WITH ending AS MATERIALIZED (
    SELECT ${startOf(60, 'at')} AS minute, queue, type, status, ${binOf('"waitedMs"')} AS wait,
      ${binOf('"ranMs"')} AS run, count(*) AS number, sum("waitedMs") AS waited, sum("ranMs") AS ran
    FROM (SELECT queue, type, status, at, CASE WHEN status <> 'RETRYING' THEN "waitedMs" END AS "waitedMs",
      CASE WHEN status IN ('COMPLETED', 'FAILED') THEN "ranMs" END AS "ranMs" FROM ${endings}) timed
    GROUP BY 1, 2, 3, 4, 5, 6
  ), part AS (
    SELECT span.*, ending.* FROM ending CROSS JOIN LATERAL (VALUES (${EVER}, ${startOf(EVER, 'minute')}),
      ${spans.map(({ seconds }) => `(${seconds}, ${startOf(seconds, 'minute')})`).join(', ')}) span (span, start)
  ), ${histogram('wait')}, ${histogram('run')}, counted AS (
    SELECT ${KEY}, sum(number) AS count, COALESCE(sum(waited) / 1000, 0) AS "waitSeconds",
      COALESCE(sum(ran) / 1000, 0) AS "runSeconds"
    FROM part GROUP BY ${KEY}
  )
  INSERT INTO "Figure" (${KEY}, count, waits, "waitSeconds", runs, "runSeconds")
  SELECT ${KEY}, count, COALESCE(waits, '{}'), "waitSeconds", COALESCE(runs, '{}'), "runSeconds"
  FROM counted LEFT JOIN all_waits USING (${KEY}) LEFT JOIN all_runs USING (${KEY})
  ORDER BY ${KEY}
  ON CONFLICT (${KEY}) DO UPDATE SET
    count = "Figure".count + excluded.count,
    waits = ${added('waits')}, "waitSeconds" = "Figure"."waitSeconds" + excluded."waitSeconds",
    runs = ${added('runs')}, "runSeconds" = "Figure"."runSeconds" + excluded."runSeconds"`
}

function histogram(name: 'wait' | 'run'): string {
  return `all_${name}s AS (
    SELECT ${KEY}, jsonb_object_agg(bin, number) AS ${name}s FROM (
      SELECT ${KEY}, ${name} AS bin, sum(number) AS number FROM part WHERE ${name} IS NOT NULL
      GROUP BY ${KEY}, ${name}) binned
    GROUP BY ${KEY})`
}

function added(name: 'waits' | 'runs'): string {
  return `(
    SELECT COALESCE(jsonb_object_agg(key, number), '{}') FROM (
      SELECT key, sum(value::bigint) AS number FROM (
        SELECT * FROM jsonb_each_text("Figure".${name})
        UNION ALL SELECT * FROM jsonb_each_text(excluded.${name})) AS bins
      GROUP BY key) AS merged)`
}
