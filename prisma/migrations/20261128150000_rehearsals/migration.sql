-- What retries all that match may try a few first, and wait for them.
CREATE TYPE "Rehearsal" AS ENUM ('UNDER_WAY', 'PASSED', 'STOPPED');

ALTER TABLE "BulkAction" ADD COLUMN     "rehearsal" "Rehearsal",
ADD COLUMN     "rehearsed" UUID[],
ADD COLUMN     "rehearsedAt" TIMESTAMPTZ(3);

-- Jobs and files that somebody deleted, until the time for an Undo is over.
CREATE TYPE "Deleted" AS ENUM ('JOB', 'FILE');

CREATE TABLE "Deletion" (
    "id" UUID NOT NULL,
    "kind" "Deleted" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "keepFiles" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Deletion_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Deletion_at_idx" ON "Deletion"("at");
