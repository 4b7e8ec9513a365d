-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "secretUrl" TEXT;

-- Links that were kept in the open are over with this: who needs one asks for another.
UPDATE "Mail" SET
  html = regexp_replace(html, '(/(reset-password|invitation)\?token=)[A-Za-z0-9_-]+', '\1••••••', 'g'),
  text = regexp_replace(text, '(/(reset-password|invitation)\?token=)[A-Za-z0-9_-]+', '\1••••••', 'g')
WHERE html ~ '/(reset-password|invitation)\?token=';
