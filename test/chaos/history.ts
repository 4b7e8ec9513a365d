import type { JobStatus } from '@/lib/db/generated/enums'
import { pool } from '@/lib/db/pool'

/**
 * Notes every change of a job's status or attempt, and each time somebody is told something, in tables
 * that are only appended to.
 */
const KEEP = `
CREATE TABLE chaos_history (
  place bigserial PRIMARY KEY, "jobId" uuid NOT NULL, queue text NOT NULL, type text NOT NULL,
  status text NOT NULL, attempt int NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now());
CREATE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.chaos_history ("jobId", queue, type, status, attempt)
  VALUES (NEW.id, NEW.queue, NEW.type, NEW.status, NEW.attempt);
  RETURN NULL;
END $$;
CREATE TRIGGER chaos_note AFTER UPDATE ON "Job" FOR EACH ROW
  WHEN (OLD.status <> NEW.status OR OLD.attempt <> NEW.attempt) EXECUTE FUNCTION chaos_note();

CREATE TABLE chaos_told (
  place bigserial PRIMARY KEY, "userId" uuid NOT NULL, kind text NOT NULL, subject text NOT NULL);
CREATE FUNCTION chaos_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.chaos_told ("userId", kind, subject) VALUES (NEW."userId", NEW.kind, NEW.subject);
  RETURN NULL;
END $$;
CREATE TRIGGER chaos_tell AFTER INSERT ON "Notification" FOR EACH ROW EXECUTE FUNCTION chaos_tell();
CREATE TRIGGER chaos_tell_again AFTER UPDATE ON "Notification" FOR EACH ROW
  WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION chaos_tell();
`

export type Change = { jobId: string; status: JobStatus; attempt: number }

/** From here on every change of a job is noted. */
export async function keepHistory(): Promise<void> {
  await pool().query(KEEP)
}

/** All changes, in the order in which they happened to each job. */
export async function readHistory(): Promise<Change[]> {
  const { rows } = await pool().query<Change>(
    'SELECT "jobId", status, attempt FROM chaos_history ORDER BY place',
  )
  return rows
}
