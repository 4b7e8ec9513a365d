import type { Readable } from 'node:stream'
import type { Table, Value } from './cell'
import type { ReportedJob } from './data/jobs'
import type { ReportData } from './report-data'
import {
  failuresTable,
  jobColumns,
  jobValues,
  periodsTable,
  slowestTable,
  summaryTable,
  typesTable,
} from './tables'
import { MAX_ROWS, type Sheet } from './xlsx/sheet'
import { writeWorkbook } from './xlsx/workbook'

/** Jobs of one sheet, below its head. */
const JOBS_PER_SHEET = MAX_ROWS - 1

/** A report as a workbook: a sheet per table, and the jobs themselves on the last. */
export function writeXlsx(data: ReportData, pages: AsyncIterable<ReportedJob[]>): Readable {
  const tables = [summaryTable, typesTable, periodsTable, slowestTable, failuresTable]
  const sheets = tables.map((table) => sheetOf(table(data)))
  const jobs = jobSheets(data.summary.totals.jobs, pages)
  return writeWorkbook([...sheets, ...jobs], data.timezone)
}

function sheetOf({ rows, ...table }: Table): Sheet {
  return { ...table, pages: () => [rows] }
}

/** As many sheets as the jobs need; each goes on where the one before ended. */
function jobSheets(count: number, pages: AsyncIterable<ReportedJob[]>): Sheet[] {
  const rows = rowsOf(pages)
  return Array.from({ length: Math.max(1, Math.ceil(count / JOBS_PER_SHEET)) }, (_, index) => ({
    name: index === 0 ? 'Jobs' : `Jobs ${index + 1}`,
    columns: jobColumns,
    pages: () => chunks(rows, JOBS_PER_SHEET),
  }))
}

async function* rowsOf(pages: AsyncIterable<ReportedJob[]>): AsyncGenerator<Value[]> {
  for await (const page of pages) {
    for (const job of page) yield jobValues(job)
  }
}

const CHUNK = 500

/** The next `count` rows, some at a time; the rest is left to the next reader. */
async function* chunks(rows: AsyncGenerator<Value[]>, count: number): AsyncGenerator<Value[][]> {
  let chunk: Value[][] = []
  for (let taken = 0; taken < count; taken++) {
    const { done, value } = await rows.next()
    if (done) break
    chunk.push(value)
    if (chunk.length === CHUNK) {
      yield chunk
      chunk = []
    }
  }
  yield chunk
}
