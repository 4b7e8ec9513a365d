import { pool } from '@/lib/db/pool'

/**
 * What the table counts apart: `lost`, acknowledged work that left no trace; `twice`, an outcome or an
 * attempt recorded twice; `stuck`, a job that should have ended and goes on waiting.
 */
export type ProblemKind = 'lost' | 'twice' | 'stuck' | 'other'

export type Problem = { kind: ProblemKind; text: string }

export const other = (text: string): Problem => ({ kind: 'other', text })

/** Runs a query that selects what is wrong as `text`, a sentence a row. */
export async function problemsIn(
  query: string,
  parameters: unknown[] = [],
  kind: ProblemKind = 'other',
): Promise<Problem[]> {
  const { rows } = await pool().query<{ text: string }>(query, parameters)
  return rows.map(({ text }) => ({ kind, text }))
}
