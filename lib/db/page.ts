import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { notFound } from '@/lib/errors/app-error'

/** The query for a page of records, newest first. It reads one more than fits, to tell whether more follow. */
export function newestFirst<Where extends object>({ limit, cursor }: PageRequest, where: Where) {
  return {
    where: { ...where, ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  } as const
}

/**
 * A page of the rows that were read for it.
 * @param cursorOf where the page after a row begins
 */
export function pageOf<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => string): Page<Row> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}

/** The same of records that `newestFirst` found. */
export function pageById<Row extends { id: string }>(
  rows: Row[],
  { limit }: { limit: number },
): Page<Row> {
  return pageOf(rows, limit, ({ id }) => id)
}

/**
 * The record of this id.
 * @param what e.g. `This file`
 * @throws {AppError} `not_found`, also for what cannot be an id
 */
export async function foundById<Row>(
  id: string,
  what: string,
  find: () => PromiseLike<Row | null | undefined>,
): Promise<Row> {
  const row = isUuid(id) ? await find() : undefined
  if (!row) throw notFound(what)
  return row
}

/** One page of a keyset-paged list: `cursor` is the id the page before ended with. */
export const pageSchema = z.object({
  limit: z.coerce
    .number({ error: 'Expected a number from 1 to 100' })
    .int()
    .min(1, { error: 'Expected 1 to 100' })
    .max(100, { error: 'Expected 1 to 100' })
    .default(50),
  cursor: z.uuid({ error: 'Expected the nextCursor of the page before' }).optional(),
})

export type PageRequest = z.output<typeof pageSchema>

export type Page<T> = { data: T[]; nextCursor: string | null }
