-- Since when the latest attempt of a job could have begun: a retry counts from when it was asked for.
-- In no index, and written only where the row is written anyway.
ALTER TABLE "Job" ADD COLUMN     "waitingSince" TIMESTAMPTZ(3);
