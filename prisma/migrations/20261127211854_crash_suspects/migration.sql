-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "crashes" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Worker" ADD COLUMN     "crash" TEXT,
ADD COLUMN     "crashedBy" UUID;
