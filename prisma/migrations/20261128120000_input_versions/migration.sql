-- Which version of its type's input a job or a schedule was made with, and which ones a worker can run.
-- Programs of the version before write none of these: what they make is of the first version.
ALTER TABLE "Job" ADD COLUMN "inputVersion" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "Schedule" ADD COLUMN "inputVersion" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "Worker" ADD COLUMN "types" JSONB;
