-- Jobs that do not start until it is over: those of which all is true that it says.
CREATE TABLE "Pause" (
    "id" UUID NOT NULL,
    "type" TEXT,
    "ownerId" UUID,
    "tag" TEXT,
    "until" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Pause_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Pause_ownerId_idx" ON "Pause"("ownerId");

ALTER TABLE "Pause" ADD CONSTRAINT "Pause_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a pause holds is not handed over. No foreign key: what a pause held that is gone is handed over.
ALTER TABLE "PendingDispatch" ADD COLUMN "heldBy" UUID;

DROP INDEX "PendingDispatch_priority_turn_idx";
CREATE INDEX "PendingDispatch_heldBy_priority_turn_idx" ON "PendingDispatch"("heldBy", "priority", "turn");
