-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "secretUrl" TEXT;

-- Links that were kept in the open are over with this: who needs one asks for another.
UPDATE "Mail" SET
  html = regexp_replace(html, '(/(reset-password|invitation)\?token=)[A-Za-z0-9_-]+', '\1••••••', 'g'),
  text = regexp_replace(text, '(/(reset-password|invitation)\?token=)[A-Za-z0-9_-]+', '\1••••••', 'g')
WHERE html ~ '/(reset-password|invitation)\?token=';

-- Jobs that were taken out of their queue said so by an admin's name, which has to go with its person.
UPDATE "Job" SET error = jsonb_set(error, '{message}', to_jsonb(
  regexp_replace(error ->> 'message', ' by (?!the command line\.$).*\.$', ' by an admin.')))
WHERE error ->> 'code' = 'removed';
UPDATE "JobLog" SET message = regexp_replace(message, ' by (?!the command line\.$).*\.$', ' by an admin.')
WHERE level = 'WARN' AND message LIKE 'Removed from the queue % by %.';
