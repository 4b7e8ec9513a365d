import { validate as isUuid } from 'uuid'
import { notFound } from '@/lib/errors/app-error'
import type { Page, PageRequest } from '@/lib/jobs/list'

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
