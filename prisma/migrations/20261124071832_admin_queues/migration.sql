-- AlterTable
ALTER TABLE "Worker" ADD COLUMN     "drainingAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "QueueSetting" (
    "queue" TEXT NOT NULL,
    "pausedAt" TIMESTAMPTZ(3),
    "concurrency" INTEGER,
    "rateMax" INTEGER,
    "rateDurationMs" INTEGER,
    "updatedById" UUID,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QueueSetting_pkey" PRIMARY KEY ("queue")
);

-- CreateTable
CREATE TABLE "Rollup" (
    "span" INTEGER NOT NULL,
    "start" TIMESTAMPTZ(3) NOT NULL,
    "queue" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "completed" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "canceled" INTEGER NOT NULL,
    "waits" JSONB NOT NULL,
    "runs" JSONB NOT NULL,

    CONSTRAINT "Rollup_pkey" PRIMARY KEY ("span","start","queue","type")
);

-- CreateTable
CREATE TABLE "RollupState" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "finalTo" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RollupState_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RollupChange" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RollupChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Job_finished_idx" ON "Job"("finishedAt") WHERE ("finishedAt" IS NOT NULL);

-- The supervisor counts what ended since its last look. What changes about jobs that ended before
-- that (a retry, a deletion, an ending written late) is noted here, whoever changes it. Ordinary
-- endings set "finishedAt" to now() and call no function.
CREATE FUNCTION "note_rollup_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "RollupChange" ("at")
  SELECT DISTINCT moment FROM (VALUES (OLD."finishedAt"), (NEW."finishedAt")) AS moments (moment)
  WHERE moment IS NOT NULL;
  RETURN NULL;
END
$$;

CREATE TRIGGER "Job_rollup_insert" AFTER INSERT ON "Job" FOR EACH ROW
WHEN (NEW."finishedAt" IS NOT NULL)
EXECUTE FUNCTION "note_rollup_change"();

CREATE TRIGGER "Job_rollup_update" AFTER UPDATE OF "finishedAt", "status" ON "Job" FOR EACH ROW
WHEN (
  (OLD."finishedAt" IS NOT NULL
    AND (NEW."finishedAt", NEW."status") IS DISTINCT FROM (OLD."finishedAt", OLD."status"))
  OR NEW."finishedAt" < now() - interval '1 millisecond'
)
EXECUTE FUNCTION "note_rollup_change"();

CREATE FUNCTION "note_rollup_deletions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "RollupChange" ("at")
  SELECT DISTINCT date_trunc('minute', "finishedAt") FROM gone WHERE "finishedAt" IS NOT NULL;
  RETURN NULL;
END
$$;

CREATE TRIGGER "Job_rollup_delete" AFTER DELETE ON "Job" REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION "note_rollup_deletions"();
