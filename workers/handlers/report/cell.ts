/** How values are meant; each format shows them in its own way. Moments are milliseconds since 1970. */
export type Kind = 'text' | 'count' | 'rate' | 'milliseconds' | 'moment'

export type Value = string | number | null

export type Column = {
  title: string
  kind: Kind
  /** In characters of a spreadsheet. */
  width: number
}

/** A small table, whole in memory. */
export type Table = {
  name: string
  columns: readonly Column[]
  rows: Value[][]
  /** Where rows differ in what their last value means: its kind in each. */
  lastKinds?: Kind[]
}
