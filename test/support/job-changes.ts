import type { JobStatus } from '@/lib/db/generated/enums'
import { pool } from '@/lib/db/pool'

/** What a row of "Job" says, times as text. */
export type JobState = {
  status: JobStatus
  attempt: number
  maxAttempts: number
  turn: number
  runAt: string
  startedAt: string | null
  finishedAt: string | null
  nextAttemptAt: string | null
  cancelRequestedAt: string | null
  workerId: string | null
  claimToken: string | null
}

/** One change of a job, in the order in which they happened to it. */
export type JobChange = {
  jobId: string
  /** Null where the job began. */
  before: JobState | null
  /** Null where it was removed. */
  after: JobState | null
  /** The moment of its transaction. */
  at: string
}

/**
 * Has PostgreSQL note every change of a job, whoever makes it; and of each transaction whether it left
 * a job without its one running attempt, or with one too many.
 */
const RECORDER = `
CREATE SCHEMA recorder;
CREATE TABLE recorder.change (
  seq bigserial PRIMARY KEY, "jobId" uuid, before jsonb, after jsonb, at timestamptz DEFAULT now());
CREATE TABLE recorder.unsettled ("jobId" uuid, status text, attempt int, attempts int, running int);

CREATE FUNCTION recorder.note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO recorder.change ("jobId", before, after)
  VALUES (COALESCE(NEW.id, OLD.id), to_jsonb(OLD), to_jsonb(NEW));
  RETURN NULL;
END
$$;
CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON "Job"
FOR EACH ROW EXECUTE FUNCTION recorder.note();

CREATE FUNCTION recorder.settle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO recorder.unsettled
  SELECT job.id, job.status, job.attempt, made.attempts, made.running FROM "Job" job CROSS JOIN LATERAL (
    SELECT count(*)::int AS attempts, (count(*) FILTER (WHERE outcome IS NULL))::int AS running,
      COALESCE(max(number) FILTER (WHERE outcome IS NULL), job.attempt) AS latest
    FROM "Attempt" WHERE "jobId" = job.id) made
  WHERE job.id = NEW.id AND (made.attempts <> job.attempt OR made.latest <> job.attempt
    OR made.running <> (job.status = 'ACTIVE')::int);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER settle AFTER INSERT OR UPDATE ON "Job" DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION recorder.settle();
`

/** Begins to note every change of a job in this database. */
export async function recordJobChanges(): Promise<void> {
  await pool().query(RECORDER)
}

/** Every change so far, job by job. */
export async function jobChanges(): Promise<JobChange[]> {
  const { rows } = await pool().query<JobChange>(
    'SELECT "jobId", before, after, at::text FROM recorder.change ORDER BY "jobId", seq',
  )
  return rows
}

/** Jobs that a transaction left with another number of attempts, or of running ones, than they say. */
export async function unsettledJobs(): Promise<unknown[]> {
  return (await pool().query('SELECT * FROM recorder.unsettled')).rows
}
