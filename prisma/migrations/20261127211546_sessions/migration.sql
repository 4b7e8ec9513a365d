-- AlterTable
ALTER TABLE "User" ADD COLUMN     "emailVerifiedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Schedule" ADD COLUMN     "disabledReason" TEXT;

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "ip" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Session_userId_id_idx" ON "Session"("userId", "id" DESC);

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A provider vouched for the addresses of those who never had a password.
UPDATE "User" SET "emailVerifiedAt" = now() WHERE "passwordHash" IS NULL
  AND EXISTS (SELECT 1 FROM "Account" WHERE "Account"."userId" = "User"."id");

-- Open streams hear at once, whoever changed it, that somebody's access may have ended.
CREATE FUNCTION "announce_access"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('millrace_jobs', 'access:' || (to_jsonb(OLD) ->> TG_ARGV[0]));
  RETURN NULL;
END $$;

CREATE TRIGGER "User_access" AFTER UPDATE OF "role", "disabledAt", "sessionVersion" ON "User"
FOR EACH ROW WHEN (
  (OLD."role", OLD."disabledAt", OLD."sessionVersion")
    IS DISTINCT FROM (NEW."role", NEW."disabledAt", NEW."sessionVersion")
) EXECUTE FUNCTION "announce_access"('id');

CREATE TRIGGER "ApiKey_access" AFTER UPDATE OF "scopes", "expiresAt", "revokedAt" ON "ApiKey"
FOR EACH ROW EXECUTE FUNCTION "announce_access"('userId');

CREATE TRIGGER "ApiKey_access_end" AFTER DELETE ON "ApiKey"
FOR EACH ROW EXECUTE FUNCTION "announce_access"('userId');

CREATE TRIGGER "Session_access_end" AFTER DELETE ON "Session"
FOR EACH ROW WHEN (OLD."expiresAt" > now()) EXECUTE FUNCTION "announce_access"('userId');
