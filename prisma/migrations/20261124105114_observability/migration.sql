-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "traceparent" TEXT;

-- AlterTable
ALTER TABLE "Worker" ADD COLUMN     "process" JSONB;

-- CreateTable
CREATE TABLE "JobEnding" (
    "id" BIGSERIAL NOT NULL,
    "queue" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" "JobStatus" NOT NULL,
    "count" INTEGER NOT NULL,
    "waits" DOUBLE PRECISION[],
    "runs" DOUBLE PRECISION[],

    CONSTRAINT "JobEnding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobTotal" (
    "queue" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" "JobStatus" NOT NULL,
    "count" BIGINT NOT NULL,
    "waits" JSONB NOT NULL,
    "waitSeconds" DOUBLE PRECISION NOT NULL,
    "runs" JSONB NOT NULL,
    "runSeconds" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "JobTotal_pkey" PRIMARY KEY ("queue","type","status")
);

-- CreateTable
CREATE TABLE "RepairTotal" (
    "kind" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "RepairTotal_pkey" PRIMARY KEY ("kind")
);
