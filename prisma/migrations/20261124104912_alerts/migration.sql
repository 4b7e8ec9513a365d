-- CreateEnum
CREATE TYPE "AlertScope" AS ENUM ('ALL', 'QUEUE', 'TYPE');

-- CreateEnum
CREATE TYPE "AlertChannelKind" AS ENUM ('MAIL', 'WEBHOOK', 'SLACK');

-- CreateEnum
CREATE TYPE "AlertNoticeKind" AS ENUM ('FIRED', 'RESOLVED', 'TEST');

-- AlterTable
-- In two steps: what was decided before is not to look as if it were decided now.
ALTER TABLE "ScheduleFire" ADD COLUMN     "recordedAt" TIMESTAMPTZ(3);
ALTER TABLE "ScheduleFire" ALTER COLUMN "recordedAt" SET DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Worker" ADD COLUMN     "lostAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "AlertRule" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" "AlertScope" NOT NULL DEFAULT 'ALL',
    "target" TEXT,
    "fireAt" DOUBLE PRECISION NOT NULL,
    "resolveAt" DOUBLE PRECISION NOT NULL,
    "windowMinutes" INTEGER,
    "quietMinutes" INTEGER NOT NULL DEFAULT 10,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "allChannels" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AlertRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertChannel" (
    "id" UUID NOT NULL,
    "kind" "AlertChannelKind" NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "allAdmins" BOOLEAN NOT NULL DEFAULT false,
    "recipients" TEXT[],
    "url" TEXT,
    "secret" TEXT,
    "host" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AlertChannel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertRuleChannel" (
    "ruleId" UUID NOT NULL,
    "channelId" UUID NOT NULL,

    CONSTRAINT "AlertRuleChannel_pkey" PRIMARY KEY ("ruleId","channelId")
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" UUID NOT NULL,
    "ruleId" UUID,
    "ruleName" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "resolvedValue" DOUBLE PRECISION,
    "message" TEXT NOT NULL,
    "resolution" TEXT,
    "firedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),
    "toldAt" TIMESTAMPTZ(3),
    "quietUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertNotice" (
    "id" UUID NOT NULL,
    "alertId" UUID,
    "kind" "AlertNoticeKind" NOT NULL,
    "channelName" TEXT NOT NULL,
    "receiver" TEXT NOT NULL,
    "jobId" UUID,
    "problem" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AlertNotice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertDefault" (
    "key" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AlertDefault_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "AlertRuleChannel_channelId_idx" ON "AlertRuleChannel"("channelId");

-- CreateIndex
CREATE INDEX "Alert_ruleId_subject_id_idx" ON "Alert"("ruleId", "subject", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Alert_open_key" ON "Alert"("ruleId", "subject") WHERE ("resolvedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "AlertNotice_jobId_key" ON "AlertNotice"("jobId");

-- CreateIndex
CREATE INDEX "AlertNotice_alertId_idx" ON "AlertNotice"("alertId");

-- CreateIndex
CREATE INDEX "AlertNotice_at_idx" ON "AlertNotice"("at");

-- CreateIndex
CREATE INDEX "Job_failed_idx" ON "Job"("queue", "type", "finishedAt") WHERE ("status" = 'FAILED');

-- CreateIndex
CREATE INDEX "ScheduleFire_missed_idx" ON "ScheduleFire"("recordedAt") WHERE ("outcome" IN ('SKIPPED_MISSED', 'REFUSED'));

-- CreateIndex
CREATE INDEX "Worker_lostAt_idx" ON "Worker"("lostAt") WHERE ("lostAt" IS NOT NULL);

-- AddForeignKey
ALTER TABLE "AlertRuleChannel" ADD CONSTRAINT "AlertRuleChannel_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "AlertRule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertRuleChannel" ADD CONSTRAINT "AlertRuleChannel_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "AlertChannel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Alert" ADD CONSTRAINT "Alert_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "AlertRule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertNotice" ADD CONSTRAINT "AlertNotice_alertId_fkey" FOREIGN KEY ("alertId") REFERENCES "Alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;
