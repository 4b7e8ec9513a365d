-- CreateTable
CREATE TABLE "LeftoverBytes" (
    "storageKey" TEXT NOT NULL,

    CONSTRAINT "LeftoverBytes_pkey" PRIMARY KEY ("storageKey")
);
