import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { momentWords, rateWords } from '@/lib/reports/words'
import type { Column, Kind, Table, Value } from '../cell'
import { colors, type Paper } from './paper'

const ROW = 15
const HEAD = 18
const TITLE = 20
const PADDING = 3.5

type Options = {
  /** Titles of columns that paper has no room for. */
  leave?: string[]
  /** A remark beside the name. */
  note?: string
}

type Placed = Column & { index: number; x: number; room: number }

/** Draws a table over as many pages as it needs, its head on each; an empty one not at all. */
export function drawTable(paper: Paper, table: Table, { leave = [], note }: Options = {}): void {
  if (table.rows.length === 0) return
  const columns = place(paper, table, leave)
  paper.ensure(TITLE + HEAD + 3 * ROW)
  const { left, y, width } = paper
  paper.text(table.name, left, y, { size: 11, bold: true })
  if (note) paper.text(note, left, y + 3, { size: 7.5, color: colors.dim, width, align: 'right' })
  paper.y += TITLE
  drawHead(paper, columns)
  for (const [index, row] of table.rows.entries()) {
    if (paper.ensure(ROW)) drawHead(paper, columns)
    drawRow(paper, columns, row, index % 2 === 1)
  }
  paper.y += 22
}

/** Gives each column its share of the width. */
function place(paper: Paper, { columns }: Table, leave: string[]): Placed[] {
  const kept = columns.flatMap((column, index) =>
    leave.includes(column.title) ? [] : [{ ...column, index }],
  )
  const total = kept.reduce((sum, { width }) => sum + width, 0)
  let x = paper.left
  return kept.map((column) => {
    const room = (paper.width * column.width) / total
    const placed = { ...column, x, room }
    x += room
    return placed
  })
}

function drawHead(paper: Paper, columns: Placed[]): void {
  for (const { title, kind, x, room } of columns) {
    const placed = { size: 7, color: colors.dim, bold: true, width: room - 2 * PADDING }
    paper.text(title, x + PADDING, paper.y + 4, { ...placed, align: alignOf(kind) })
  }
  paper.y += HEAD
  const { left, y, width } = paper
  paper.line(left, y - 2, left + width, y - 2, colors.ink, 0.8)
}

function drawRow(paper: Paper, columns: Placed[], row: Value[], isShaded: boolean): void {
  const { doc, left, y, width } = paper
  if (isShaded) doc.rect(left, y - 1.5, width, ROW).fill(colors.surface)
  for (const { index, kind, x, room } of columns) {
    const placed = { size: 7.5, width: room - 2 * PADDING, align: alignOf(kind) }
    paper.text(words(row[index] ?? null, kind, paper.timezone), x + PADDING, y + 2, placed)
  }
  paper.y += ROW
}

function alignOf(kind: Kind): 'left' | 'right' {
  return kind === 'text' || kind === 'moment' ? 'left' : 'right'
}

function words(value: Value, kind: Kind, timezone: string): string {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  if (kind === 'moment') return momentWords(new Date(value), timezone)
  if (kind === 'rate') return rateWords(value)
  return kind === 'milliseconds' ? formatDuration(value) : formatCount(value)
}
