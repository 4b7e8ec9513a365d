import { validate as isUuid } from 'uuid'

export type SearchParams = Record<string, string | string[] | undefined>

/** An address with a query; what is empty is left out. */
export function hrefOf(path: string, query: Record<string, string | undefined>): string {
  const set = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path
}

/** The parameters of an address that say something once. */
export function valuesOf(params: SearchParams): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() ? [[name, value.trim()]] : [],
    ),
  )
}

/** Where a page of a list begins, in a list that is paged by ids; what is no id counts as absent. */
export function cursorOf({ cursor }: SearchParams): string | undefined {
  return isUuid(cursor) ? String(cursor) : undefined
}
