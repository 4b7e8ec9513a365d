-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "errorGroup" UUID;

-- CreateTable
CREATE TABLE "BulkAction" (
    "jobId" UUID NOT NULL,
    "total" INTEGER NOT NULL,
    "lastId" UUID,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "BulkAction_pkey" PRIMARY KEY ("jobId")
);

-- CreateIndex
CREATE INDEX "Job_error_group_idx" ON "Job"("errorGroup", "id" DESC, "ownerId", "finishedAt") WHERE ("status" = 'FAILED');

-- CreateIndex
CREATE INDEX "Job_owner_error_group_idx" ON "Job"("ownerId", "errorGroup", "id" DESC, "finishedAt") WHERE ("status" = 'FAILED');

-- CreateIndex
CREATE INDEX "Job_failed_at_idx" ON "Job"("finishedAt", "ownerId") WHERE ("status" = 'FAILED');

-- AddForeignKey
ALTER TABLE "BulkAction" ADD CONSTRAINT "BulkAction_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What differs between two failures of one cause is taken out of their messages: quoted texts,
-- addresses, paths, and every word with a digit in it (numbers, ids, moments).
CREATE FUNCTION "normal_error_message"("message" text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(lower(left("message", 500)),
      'worker on \S+', 'worker on …', 'g'),
      '[a-z][a-z0-9+.-]*://[^\s"”’)>]+', '…', 'g'),
      '"[^"]*"|“[^”]*”|‘[^’]*’|«[^»]*»|`[^`]*`|(?:^|(?<=[\s(\[=:,]))''[^'']*''(?=$|[\s).,;:\]])', '…', 'g'),
      '[^\s<>(),;:]+@[^\s<>(),;:]+', '…', 'g'),
      '(?:^|(?<=[\s(=:]))/[^\s:,;)]+', '…', 'g'),
      '[[:alnum:]_.:-]*[0-9][[:alnum:]_.:%-]*', '…', 'g'),
      '\s+', ' ', 'g'))
$$;

-- Failures of one type with the same code and the same normal message are one error.
CREATE FUNCTION "error_group"("type" text, "error" jsonb) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT md5(concat_ws(E'\n', "type", COALESCE("error" ->> 'code', ''),
    "normal_error_message"(COALESCE("error" ->> 'message', ''))))::uuid
$$;

CREATE FUNCTION "set_error_group"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."errorGroup" := "error_group"(NEW."type", NEW."error");
  RETURN NEW;
END
$$;

-- Whoever records a failure, it is grouped; what does not fail calls no function.
CREATE TRIGGER "Job_error_group" BEFORE INSERT OR UPDATE OF "status", "error", "type" ON "Job"
FOR EACH ROW WHEN (NEW."status" = 'FAILED')
EXECUTE FUNCTION "set_error_group"();

UPDATE "Job" SET "errorGroup" = "error_group"("type", "error") WHERE "status" = 'FAILED';
