import { CsvError, parse } from 'csv-parse/sync'
import { type AppError, invalidInput } from '@/lib/errors/app-error'
import { formatCount } from '@/lib/format/count'
import { MAX_BATCH_ITEMS } from '@/lib/jobs/enqueue-many'
import { mailAddress } from '@/lib/mail/fields'

/** Largest list, in characters. */
const MAX_LIST_LENGTH = 4_000_000

/** A row of a list, with the line of the text it begins on, from 1. */
type Row = { line: number; cells: string[] }
export type Table = { header: string[]; rows: Row[] }

const delimiters = [',', ';', '\t']

/**
 * Reads CSV as spreadsheet programs write it: separated by commas, semicolons or tabs, with a line of
 * column names first. A plain list of addresses needs no such line.
 * @throws {AppError} `invalid_input` on `list` when no table can be made of it
 */
export function readTable(text: string): Table {
  if (text.length > MAX_LIST_LENGTH) throw bad('The list is too long. Send it in several parts.')
  if (text.includes('�')) {
    throw bad(
      'The list holds characters that cannot be read. Save it as “CSV UTF-8”, then try again.',
    )
  }
  const [first, ...rest] = readRows(text)
  if (!first) throw bad('Paste a list, or choose a file')
  const isPlain = first.cells.length === 1 && mailAddress.safeParse(first.cells[0]).success
  const table = isPlain
    ? { header: ['email'], rows: [first, ...rest] }
    : { header: first.cells, rows: rest }
  if (table.rows.length === 0) throw bad('The list has column names, but no rows')
  if (table.rows.length > MAX_BATCH_ITEMS) {
    throw bad(
      `The list has ${formatCount(table.rows.length)} rows; one batch takes ${formatCount(MAX_BATCH_ITEMS)} at most`,
    )
  }
  return table
}

function readRows(text: string): Row[] {
  const rows: Row[] = []
  let lastLine = 0
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relaxColumnCount: true,
      skipEmptyLines: true,
      trim: true,
      onRecord(cells: string[], { lines }) {
        lastLine = lines
        if (cells.some(Boolean)) rows.push({ cells, line: lines - lineBreaksIn(cells) })
        return null
      },
    })
    return rows
  } catch (error) {
    if (error instanceof CsvError) throw bad(`Line ${lastLine + 1}: ${reasonOf(error)}`)
    throw error
  }
}

/** The one the line with the column names has most of. */
function delimiterOf(text: string): string {
  const firstLine = /[^\r\n]+/.exec(text)?.[0] ?? ''
  const counts = delimiters.map((delimiter) => firstLine.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

function lineBreaksIn(cells: string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

function reasonOf({ code }: CsvError): string {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'a quotation mark is opened and never closed'
    : 'a quotation mark stands where none can. Put the whole cell in quotation marks, and double those inside'
}

function bad(message: string): AppError {
  return invalidInput([{ path: 'list', message }])
}
