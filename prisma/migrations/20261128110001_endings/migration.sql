-- What ends is noted in one narrow row, of which everything that follows is made once.
CREATE TABLE "Ending" (
    "id" BIGSERIAL NOT NULL,
    "jobId" UUID,
    "ownerId" UUID,
    "queue" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" "JobStatus" NOT NULL,
    "attempt" INTEGER NOT NULL,
    "waitedMs" DOUBLE PRECISION,
    "ranMs" DOUBLE PRECISION,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Ending_pkey" PRIMARY KEY ("id")
);

-- Rows stay for a second: what they leave behind is to be swept up as soon.
ALTER TABLE "Ending" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

CREATE TABLE "Figure" (
    "span" INTEGER NOT NULL,
    "start" TIMESTAMPTZ(3) NOT NULL,
    "queue" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" "JobStatus" NOT NULL,
    "count" BIGINT NOT NULL,
    "waits" JSONB NOT NULL,
    "waitSeconds" DOUBLE PRECISION NOT NULL,
    "runs" JSONB NOT NULL,
    "runSeconds" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "Figure_pkey" PRIMARY KEY ("span","start","queue","type","status")
);

-- A row is written again and again while its span lasts.
ALTER TABLE "Figure" SET (fillfactor = 50);

-- Figures were counted twice, into "Rollup" for pages and into "JobTotal" for counters. Both are carried
-- over. "Rollup" has one histogram for all outcomes: it goes with the first there is. What ended in the
-- last ten seconds before may be missing from the spans; the counters have all of it.
LOCK TABLE "Rollup", "JobEnding", "JobTotal" IN EXCLUSIVE MODE;

INSERT INTO "Figure" ("span", "start", "queue", "type", "status", "count", "waits", "waitSeconds", "runs", "runSeconds")
SELECT "span", "start", "queue", "type", part."status"::"JobStatus", part."count",
  CASE WHEN part."first" THEN "waits" ELSE '{}' END, 0, CASE WHEN part."first" THEN "runs" ELSE '{}' END, 0
FROM "Rollup", LATERAL (
  SELECT "status", "count", row_number() OVER (ORDER BY "place") = 1 AS "first"
  FROM (VALUES (1, 'COMPLETED', "completed"), (2, 'FAILED', "failed"), (3, 'CANCELED', "canceled"))
    AS outcomes ("place", "status", "count")
  WHERE "count" > 0
) part;

-- What "JobTotal" does not have yet is in "JobEnding", each length of time by itself.
WITH total AS (
  SELECT "queue", "type", "status", sum("count") AS "count", sum("waitSeconds") AS "waitSeconds",
    sum("runSeconds") AS "runSeconds"
  FROM (
    SELECT "queue", "type", "status", "count", "waitSeconds", "runSeconds" FROM "JobTotal"
    UNION ALL
    SELECT "queue", "type", "status", "count", (SELECT COALESCE(sum(ms), 0) / 1000 FROM unnest("waits") ms),
      (SELECT COALESCE(sum(ms), 0) / 1000 FROM unnest("runs") ms)
    FROM "JobEnding"
  ) counted
  GROUP BY "queue", "type", "status"
), bin AS (
  SELECT "queue", "type", "status", "kind", "bin", sum("number") AS "number"
  FROM (
    SELECT "queue", "type", "status", "kind", bin."key"::int AS "bin", bin."value"::bigint AS "number"
    FROM "JobTotal", LATERAL (VALUES ('wait', "waits"), ('run', "runs")) AS kinds ("kind", "bins"),
      jsonb_each_text("bins") AS bin
    UNION ALL
    SELECT "queue", "type", "status", "kind",
      CASE WHEN ms < 1 THEN 0 ELSE 1 + floor(4 * ln(ms) / ln(2::float8))::int END, 1
    FROM "JobEnding", LATERAL (VALUES ('wait', "waits"), ('run', "runs")) AS kinds ("kind", "times"),
      unnest("times") AS ms
  ) binned
  GROUP BY "queue", "type", "status", "kind", "bin"
), histogram AS (
  SELECT "queue", "type", "status", jsonb_object_agg("bin", "number") FILTER (WHERE "kind" = 'wait') AS "waits",
    jsonb_object_agg("bin", "number") FILTER (WHERE "kind" = 'run') AS "runs"
  FROM bin GROUP BY "queue", "type", "status"
)
INSERT INTO "Figure" ("span", "start", "queue", "type", "status", "count", "waits", "waitSeconds", "runs", "runSeconds")
SELECT 0, TIMESTAMPTZ 'epoch', "queue", "type", "status", "count", COALESCE("waits", '{}'), "waitSeconds",
  COALESCE("runs", '{}'), "runSeconds"
FROM total LEFT JOIN histogram USING ("queue", "type", "status");

-- Workers of the version before note endings in "JobEnding" for as long as they run: those count with
-- all others. "Rollup", "RollupState", "RollupChange", "JobEnding" and "JobTotal"
-- stay for them, and go with the next release.
CREATE FUNCTION "note_older_ending"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "Ending" ("queue", "type", "status", "attempt", "waitedMs", "ranMs")
  SELECT NEW."queue", NEW."type", NEW."status", 0, NEW."waits"[n], NEW."runs"[n]
  FROM generate_series(1, NEW."count") n;
  RETURN NULL;
END
$$;

TRUNCATE "JobEnding";

CREATE TRIGGER "JobEnding_note" BEFORE INSERT ON "JobEnding" FOR EACH ROW EXECUTE FUNCTION "note_older_ending"();

-- Figures count endings: what becomes of a job later changes none.
DROP TRIGGER "Job_rollup_insert" ON "Job";
DROP TRIGGER "Job_rollup_update" ON "Job";
DROP TRIGGER "Job_rollup_delete" ON "Job";
DROP FUNCTION "note_rollup_change"();
DROP FUNCTION "note_rollup_deletions"();
