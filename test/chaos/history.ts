import type { JobStatus } from '@/lib/db/generated/enums'
import { pool } from '@/lib/db/pool'

/** Notes every change of a job's status or attempt in a table that is only appended to. */
const KEEP = `
CREATE TABLE chaos_history (
  place bigserial PRIMARY KEY, "jobId" uuid NOT NULL, status text NOT NULL, attempt int NOT NULL);
CREATE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.chaos_history ("jobId", status, attempt) VALUES (NEW.id, NEW.status, NEW.attempt);
  RETURN NULL;
END $$;
CREATE TRIGGER chaos_note AFTER UPDATE ON "Job" FOR EACH ROW
  WHEN (OLD.status <> NEW.status OR OLD.attempt <> NEW.attempt) EXECUTE FUNCTION chaos_note();
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
