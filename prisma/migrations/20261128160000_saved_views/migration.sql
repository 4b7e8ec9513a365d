-- Filters of the list of jobs that people keep under a name.
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "SavedView_ownerId_name_key" ON "SavedView"("ownerId", "name");

ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The palette finds schedules and endpoints by a part of what they are called.
CREATE INDEX "Schedule_name_search_idx" ON "Schedule" USING GIN ("name" gin_trgm_ops);

CREATE INDEX "WebhookEndpoint_description_search_idx" ON "WebhookEndpoint" USING GIN ("description" gin_trgm_ops);

CREATE INDEX "WebhookEndpoint_url_search_idx" ON "WebhookEndpoint" USING GIN ("url" gin_trgm_ops);
