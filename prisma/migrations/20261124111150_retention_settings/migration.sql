-- CreateTable
CREATE TABLE "RetentionSetting" (
    "type" TEXT NOT NULL,
    "status" "JobStatus" NOT NULL,
    "days" INTEGER,
    "updatedById" UUID,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RetentionSetting_pkey" PRIMARY KEY ("type","status")
);

-- CreateTable
CREATE TABLE "RecordRetentionSetting" (
    "records" TEXT NOT NULL,
    "days" INTEGER,
    "updatedById" UUID,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RecordRetentionSetting_pkey" PRIMARY KEY ("records")
);

-- CreateIndex
CREATE INDEX "Job_expiry_idx" ON "Job"("type", "status", "finishedAt", "id") WHERE ("finishedAt" IS NOT NULL);
