import { pool } from '@/lib/db/pool'

/** How many rows each table of the application has, but for those that change by themselves. */
export async function rowCounts(): Promise<Record<string, number>> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'RateLimit', 'PendingDispatch')`,
  )
  const counts = tables.map(
    ({ name }) => `SELECT '${name}' AS name, count(*)::int AS count FROM "${name}"`,
  )
  const { rows } = await pool().query<{ name: string; count: number }>(counts.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}
