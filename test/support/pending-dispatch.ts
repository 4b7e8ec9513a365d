import { pool } from '@/lib/db/pool'

/** As if nobody had handed these jobs over, or any. */
export async function forgetDispatch(ids?: string[]): Promise<void> {
  await pool().query(
    `INSERT INTO "PendingDispatch" SELECT id, priority, turn FROM "Job"
     WHERE "endedAs" IS NULL AND ($1::uuid[] IS NULL OR id = ANY($1)) ON CONFLICT DO NOTHING`,
    [ids ?? null],
  )
}

/** How many of these jobs, or of all, nobody has handed over. */
export async function countPending(ids?: string[]): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "PendingDispatch" WHERE $1::uuid[] IS NULL OR "jobId" = ANY($1)`,
    [ids ?? null],
  )
  return rows[0]?.count ?? 0
}
