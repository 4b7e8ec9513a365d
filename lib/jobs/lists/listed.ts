import { type Job, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { type JobView, jobView } from '../view'

/** A job without its input and its result, which may take a megabyte each: what lists are made of. */
export type ListedJob = Omit<Job, 'input' | 'result'>

/** What Prisma leaves out of a `ListedJob`. */
export const payload = { input: true, result: true } as const

/** SQL: the columns of a `ListedJob`, of the table `job`. */
export const listedColumns = Prisma.raw(
  Object.values(Prisma.JobScalarFieldEnum)
    .filter((name) => !(name in payload))
    .map((name) => `job."${name}"`)
    .join(', '),
)

/** Longest input or result in a list, in bytes of JSON: a page stays small whatever jobs made. */
export const LISTED_BYTES = 16 * 1024

type Payload = Pick<Job, 'id' | 'input' | 'result'> & { long: ('input' | 'result')[] }

/** Listed jobs as the API shows them. Of each, what is too long for a list is named in `omitted`. */
export async function listedViews(jobs: readonly ListedJob[]): Promise<JobView[]> {
  const ids = jobs.map(({ id }) => id)
  const rows = await prisma().$queryRaw<Payload[]>(Prisma.sql`
    SELECT id, CASE WHEN ${isShort('input')} THEN input END AS input,
      CASE WHEN ${isShort('result')} THEN result END AS result,
      array_remove(ARRAY[CASE WHEN NOT ${isShort('input')} THEN 'input' END,
        CASE WHEN NOT ${isShort('result')} THEN 'result' END], NULL) AS long
    FROM "Job" WHERE id = ANY(${ids}::uuid[])`)
  const payloads = new Map(rows.map((row) => [row.id, row]))
  return jobs.map((job) => {
    const { input = null, result = null, long = [] } = payloads.get(job.id) ?? {}
    return { ...jobView({ ...job, input, result }), ...(long.length > 0 ? { omitted: long } : {}) }
  })
}

/** Listed jobs as the API shows them when it is asked for no more than that. */
export function summaryViews(jobs: readonly ListedJob[]): JobView[] {
  return jobs.map((job) => ({
    ...jobView({ ...job, input: null, result: null }),
    omitted: ['input', 'result'],
  }))
}

/** SQL: what PostgreSQL has compressed to more than that is not unpacked to be measured. */
function isShort(column: keyof typeof payload): Prisma.Sql {
  return Prisma.raw(`(CASE WHEN pg_column_size("${column}") > ${LISTED_BYTES} THEN false
    ELSE COALESCE(octet_length("${column}"::text) <= ${LISTED_BYTES}, true) END)`)
}
