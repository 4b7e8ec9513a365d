import pg from 'pg'

/** What a schema consists of, as PostgreSQL itself describes it, one line per thing. */
const QUERIES = {
  columns: `
    SELECT format('%s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN 'NOT NULL' ELSE 'NULL' END,
      CASE a.attgenerated WHEN '' THEN pg_get_expr(d.adbin, d.adrelid) END) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'`,
  indexes: `
    SELECT indexdef AS line FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  constraints: `
    SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations'`,
  enums: `
    SELECT format('%s: %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)) AS line
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
    WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`,
}

/** The tables, indexes, constraints and enums of a database, in an order that does not depend on how they came. */
export async function catalog(url: string): Promise<Record<keyof typeof QUERIES, string[]>> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const lines = async (query: string) => {
      const { rows } = await client.query<{ line: string }>(query)
      return rows.map((row) => row.line).sort()
    }
    return {
      columns: await lines(QUERIES.columns),
      indexes: await lines(QUERIES.indexes),
      constraints: await lines(QUERIES.constraints),
      enums: await lines(QUERIES.enums),
    }
  } finally {
    await client.end()
  }
}
