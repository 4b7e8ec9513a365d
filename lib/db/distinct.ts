import { Prisma } from './generated/client'
import { prisma } from './prisma'

/** The different values of a column that an index begins with, sorted: one look at the index for each. */
export async function distinctValues(
  table: string,
  column: string,
  limit = 1_000,
): Promise<string[]> {
  const [from, value] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)]
  const rows = await prisma().$queryRaw<{ value: string }[]>(Prisma.sql`
    WITH RECURSIVE found AS (
      (SELECT ${value} AS value FROM ${from} WHERE ${value} IS NOT NULL ORDER BY ${value} LIMIT 1)
      UNION ALL
      SELECT (SELECT ${value} FROM ${from} WHERE ${value} > found.value ORDER BY ${value} LIMIT 1)
      FROM found WHERE found.value IS NOT NULL
    )
    SELECT value::text AS value FROM found WHERE value IS NOT NULL LIMIT ${limit}`)
  return rows.map((row) => row.value)
}
