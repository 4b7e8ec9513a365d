import { plainText } from '@/lib/format/csv'
import { truncate } from '@/lib/format/truncate'
import type { Column, Kind, Value } from '../cell'
import { wallClock } from '../data/wall-clock'
import { escapeXml, HEAD_STYLE, SHEET_END, SHEET_START, styleOf } from './parts'

/** Longest text of a cell, and most rows of a sheet, that Excel reads. */
const MAX_TEXT = 32_767
export const MAX_ROWS = 1_048_576

/** 1 January 1970 as Excel counts days. */
const EPOCH = 25_569
const DAY_MS = 86_400_000

/** One worksheet; its rows are asked for a page at a time. */
export type Sheet = {
  name: string
  columns: readonly Column[]
  pages(): Iterable<Value[][]> | AsyncIterable<Value[][]>
  /** Where rows differ in what their last value means: its kind in each. */
  lastKinds?: Kind[]
}

/** A worksheet's XML, in pieces. Times are the time zone's, since a spreadsheet knows none. */
export async function* sheetXml(sheet: Sheet, timezone: string): AsyncGenerator<string> {
  const { columns, lastKinds } = sheet
  const wall = wallClock(timezone)
  yield SHEET_START + beginning(columns)
  let row = 0
  for await (const page of sheet.pages()) {
    let xml = ''
    for (const values of page) {
      const lastKind = lastKinds?.[row]
      row += 1
      xml += `<row r="${row + 1}">`
      for (const [index, { kind }] of columns.entries()) {
        const isLast = index === columns.length - 1
        xml += cellXml(values[index] ?? null, (isLast && lastKind) || kind, wall)
      }
      xml += '</row>'
    }
    yield xml
  }
  yield `</sheetData>${SHEET_END}`
}

/** The head stays in sight, and columns are as wide as they need. */
function beginning(columns: readonly Column[]): string {
  const widths = columns.map(
    ({ width }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  const head = columns.map(({ title }) => textXml(title, HEAD_STYLE))
  return `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${head.join('')}</row>`
}

function cellXml(value: Value, kind: Kind, wall: (at: number) => number): string {
  if (value === null) return '<c/>'
  if (typeof value === 'string') return textXml(plainText(value), styleOf[kind])
  return `<c s="${styleOf[kind]}"><v>${numberOf(value, kind, wall)}</v></c>`
}

function numberOf(value: number, kind: Kind, wall: (at: number) => number): number {
  if (kind === 'moment') return EPOCH + wall(value) / DAY_MS
  return kind === 'milliseconds' ? value / 1_000 : value
}

function textXml(text: string, style: number): string {
  const cut = truncate(text, MAX_TEXT)
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(cut)}</t></is></c>`
}
