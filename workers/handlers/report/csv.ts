import { Readable } from 'node:stream'
import { BYTE_ORDER_MARK, csvLine, plainText } from '@/lib/format/csv'
import type { Kind, Value } from './cell'
import type { ReportedJob } from './data/jobs'
import { jobColumns, jobValues } from './tables'

/**
 * A report as CSV (RFC 4180): a row per job, times in UTC, lengths of time in seconds. The figures of
 * the other formats are sums over these rows.
 */
export function writeCsv(pages: AsyncIterable<ReportedJob[]>): Readable {
  return Readable.from(linesOf(pages), { objectMode: false })
}

async function* linesOf(pages: AsyncIterable<ReportedJob[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(jobColumns.map(({ title, kind }) => title + unitOf(kind)))
  for await (const page of pages) yield page.map((job) => csvLine(fieldsOf(job))).join('')
}

function unitOf(kind: Kind): string {
  if (kind === 'moment') return ' (UTC)'
  return kind === 'milliseconds' ? ' (s)' : ''
}

function fieldsOf(job: ReportedJob): string[] {
  return jobValues(job).map((value, index) => textOf(value, jobColumns[index]?.kind))
}

function textOf(value: Value, kind: Kind | undefined): string {
  if (value === null) return ''
  if (typeof value === 'string') return plainText(value)
  if (kind === 'moment') return new Date(value).toISOString()
  return kind === 'milliseconds' ? (value / 1_000).toFixed(3) : String(value)
}
