-- A batch that is asked for again, because its answer got lost, is the first one.
ALTER TABLE "Batch" ADD COLUMN "idempotencyKey" TEXT, ADD COLUMN "inputHash" TEXT;
CREATE UNIQUE INDEX "Batch_ownerId_type_idempotencyKey_key" ON "Batch"("ownerId", "type", "idempotencyKey") WHERE ("idempotencyKey" IS NOT NULL);
