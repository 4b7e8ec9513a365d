-- A change of an indexed column writes an entry into every index of its table. What changes with each
-- attempt is in no index any more: jobs are found by how they ended, by what they wait for, and, while
-- they run, by their attempts.
DROP INDEX "Job_dedupeKey_open_key";
DROP INDEX "Job_ownerId_status_id_idx";
DROP INDEX "Job_not_completed_idx";
DROP INDEX "Job_turn_idx";
DROP INDEX "Job_undispatched_idx";
DROP INDEX "Job_scheduled_idx";
DROP INDEX "Job_finished_idx";
DROP INDEX "Job_expiry_idx";
DROP INDEX "Job_failed_idx";
DROP INDEX "Job_error_group_idx";
DROP INDEX "Job_owner_error_group_idx";
DROP INDEX "Job_failed_at_idx";

-- What nobody has handed over yet stands in a table of its own: a row in, a row out.
CREATE TABLE "PendingDispatch" (
    "jobId" UUID NOT NULL,
    "priority" INTEGER NOT NULL,
    "turn" INTEGER NOT NULL,

    CONSTRAINT "PendingDispatch_pkey" PRIMARY KEY ("jobId")
);

CREATE INDEX "PendingDispatch_priority_turn_idx" ON "PendingDispatch"("priority", "turn");

INSERT INTO "PendingDispatch" ("jobId", "priority", "turn")
SELECT "id", "priority", "turn" FROM "Job"
WHERE "dispatchedAt" IS NULL AND "status" IN ('SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING');

ALTER TABLE "Job" DROP COLUMN "dispatchedAt",
ADD COLUMN "endedAs" "JobStatus" GENERATED ALWAYS AS (
  CASE WHEN "status" IN ('COMPLETED', 'FAILED', 'CANCELED') THEN "status" END) STORED,
ADD COLUMN "waitsAs" "JobStatus" GENERATED ALWAYS AS (
  CASE WHEN "status" IN ('SCHEDULED', 'RETRYING') THEN "status" END) STORED;

-- Room in each page, so that the start of an attempt is written beside what it changes.
ALTER TABLE "Job" SET (fillfactor = 50);

CREATE UNIQUE INDEX "Job_dedupeKey_open_key" ON "Job"("dedupeKey") WHERE ("dedupeKey" IS NOT NULL AND "endedAs" IS NULL);
CREATE INDEX "Job_open_idx" ON "Job"("id" DESC) WHERE ("endedAs" IS NULL);
CREATE INDEX "Job_ready_idx" ON "Job"("id" DESC) WHERE ("endedAs" IS NULL AND "waitsAs" IS NULL);
CREATE INDEX "Job_owner_ready_idx" ON "Job"("ownerId", "id" DESC) WHERE ("endedAs" IS NULL AND "waitsAs" IS NULL);
CREATE INDEX "Job_turn_idx" ON "Job"("queue", "ownerId", "turn") WHERE ("endedAs" IS NULL AND ("waitsAs" IS NULL OR ("waitsAs" = 'SCHEDULED' AND "runAt" - "createdAt" <= interval '1 minute')));
CREATE INDEX "Job_line_idx" ON "Job"("queue", "priority", "turn") WHERE ("endedAs" IS NULL AND ("waitsAs" IS NULL OR ("waitsAs" = 'SCHEDULED' AND "runAt" - "createdAt" <= interval '1 minute')));
CREATE INDEX "Job_waits_idx" ON "Job"("waitsAs", "id" DESC) WHERE ("waitsAs" IS NOT NULL);
CREATE INDEX "Job_owner_waits_idx" ON "Job"("ownerId", "waitsAs", "id" DESC) WHERE ("waitsAs" IS NOT NULL);
CREATE INDEX "Job_scheduled_idx" ON "Job"("runAt") WHERE ("waitsAs" = 'SCHEDULED');
CREATE INDEX "Job_ownerId_endedAs_id_idx" ON "Job"("ownerId", "endedAs", "id" DESC);
CREATE INDEX "Job_ended_badly_idx" ON "Job"("endedAs", "id" DESC) WHERE ("endedAs" IN ('FAILED', 'CANCELED'));
CREATE INDEX "Job_finished_idx" ON "Job"("finishedAt") WHERE ("finishedAt" IS NOT NULL);
CREATE INDEX "Job_expiry_idx" ON "Job"("type", "endedAs", "finishedAt", "id") WHERE ("endedAs" IS NOT NULL);
CREATE INDEX "Job_failed_idx" ON "Job"("queue", "type", "finishedAt") WHERE ("endedAs" = 'FAILED');
CREATE INDEX "Job_error_group_idx" ON "Job"("errorGroup", "id" DESC, "ownerId", "finishedAt") WHERE ("endedAs" = 'FAILED');
CREATE INDEX "Job_owner_error_group_idx" ON "Job"("ownerId", "errorGroup", "id" DESC, "finishedAt") WHERE ("endedAs" = 'FAILED');
CREATE INDEX "Job_failed_at_idx" ON "Job"("finishedAt", "ownerId") WHERE ("endedAs" = 'FAILED');
CREATE INDEX "Attempt_running_idx" ON "Attempt"("jobId") WHERE ("outcome" IS NULL);

-- A foreign key asks for its row at each insert, one by one. Both are written by the statement that has
-- the job in its hands, and go with it here.
ALTER TABLE "Attempt" DROP CONSTRAINT "Attempt_jobId_fkey";
ALTER TABLE "JobFacts" DROP CONSTRAINT "JobFacts_jobId_fkey";

CREATE FUNCTION "remove_with_jobs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "Attempt" USING gone WHERE "Attempt"."jobId" = gone."id";
  DELETE FROM "JobFacts" USING gone WHERE "JobFacts"."jobId" = gone."id";
  DELETE FROM "PendingDispatch" USING gone WHERE "PendingDispatch"."jobId" = gone."id";
  RETURN NULL;
END
$$;

CREATE TRIGGER "Job_remove" AFTER DELETE ON "Job" REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION "remove_with_jobs"();
