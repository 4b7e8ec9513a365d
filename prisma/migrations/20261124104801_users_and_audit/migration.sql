-- CreateEnum
CREATE TYPE "Removal" AS ENUM ('DELETE', 'ANONYMIZE');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "anonymizedAt" TIMESTAMPTZ(3),
ADD COLUMN     "removal" "Removal";

-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN     "ip" TEXT,
ADD COLUMN     "userAgent" TEXT;

-- CreateIndex
CREATE INDEX "User_role_id_idx" ON "User"("role", "id" DESC);

-- CreateIndex
CREATE INDEX "User_disabled_idx" ON "User"("id" DESC) WHERE ("disabledAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "User_name_search_idx" ON "User" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "User_email_search_idx" ON "User" USING GIN ("email" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Invitation_open_idx" ON "Invitation"("id" DESC) WHERE ("acceptedAt" IS NULL);

-- CreateIndex
CREATE INDEX "WebhookDelivery_bare_idx" ON "WebhookDelivery"("ownerId") WHERE ("endpointId" IS NULL);

-- CreateIndex
CREATE INDEX "AuditEntry_targetType_id_idx" ON "AuditEntry"("targetType", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEntry_action_id_idx" ON "AuditEntry"("action", "id" DESC);

-- Entries name people by their ids alone, so that they need no change when somebody's data goes.
UPDATE "AuditEntry" SET "details" = "details" - 'email'
WHERE "action" = 'user.invite' AND "details" ? 'email';

-- What the audit log says stays said, whatever code or person is connected. Retention alone removes
-- entries, in transactions that say so.
CREATE FUNCTION "keep_audit_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('millrace.audit_retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Entries of the audit log are never changed, and removed by retention alone'
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "AuditEntry_keep" BEFORE UPDATE OR DELETE ON "AuditEntry" FOR EACH ROW
EXECUTE FUNCTION "keep_audit_entry"();

CREATE TRIGGER "AuditEntry_keep_all" BEFORE TRUNCATE ON "AuditEntry" FOR EACH STATEMENT
EXECUTE FUNCTION "keep_audit_entry"();
