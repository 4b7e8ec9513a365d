-- The turn each line is at. Unlogged: it is written ten times a second, and can be missed.
CREATE UNLOGGED TABLE "LineTurn" (
    "queue" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "turn" INTEGER NOT NULL,

    CONSTRAINT "LineTurn_pkey" PRIMARY KEY ("queue", "priority")
);
