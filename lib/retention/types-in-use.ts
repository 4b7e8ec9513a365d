import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'

/** The types that jobs have, also those this version no longer knows. One look at the index each. */
export async function jobTypesInUse(): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ type: string }[]>(Prisma.sql`
    WITH RECURSIVE types AS (
      (SELECT type FROM "JobFacts" ORDER BY type LIMIT 1)
      UNION ALL
      SELECT (SELECT facts.type FROM "JobFacts" facts WHERE facts.type > types.type
        ORDER BY facts.type LIMIT 1)
      FROM types WHERE types.type IS NOT NULL
    )
    SELECT type FROM types WHERE type IS NOT NULL`)
  return rows.map(({ type }) => type)
}
