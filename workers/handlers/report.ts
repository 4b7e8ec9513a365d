import type { Readable } from 'node:stream'
import type { ReportFormat } from '@/lib/jobs/types/report-input'
import { resolveRange, splitRange } from '@/lib/reports/range'
import type { Handler } from '@/workers/runtime/handler'
import { collectGarbage } from './report/collect-garbage'
import { writeCsv } from './report/csv'
import { type ReportedJob, readJobs } from './report/data/jobs'
import { withSnapshot } from './report/data/snapshot'
import { summarize } from './report/data/summary'
import { writePdf } from './report/pdf'
import { type ReportData, reportName } from './report/report-data'
import { findRequest } from './report/request'
import { writeXlsx } from './report/xlsx'
import { storeResult } from './result'

const contentTypes: Record<ReportFormat, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** After so many jobs what their rows left behind is freed. */
const COLLECT_EVERY = 5_000

/** Share of a job's progress, in per cent, that summing up and listing end at. */
const SUMMED = 30
const LISTED = 95

/**
 * Sums up jobs and writes what came of them as PDF, XLSX or CSV. All of it is read from one snapshot
 * of the database and streamed to storage, so that its size does not grow with the number of jobs.
 */
export const report: Handler<'report'> = async (job) => {
  const { input, jobId, signal } = job
  collectGarbage()
  const { owner, everyone, timezone, dueAt } = await findRequest(job)
  const range = resolveRange(input, timezone, dueAt)
  const scope = { ownerId: everyone ? null : owner.id, ...range }
  return withSnapshot(signal, async (snapshot) => {
    job.progress(2, 'Summing up')
    const summary = await summarize(snapshot, scope, splitRange(input.period, range, timezone))
    collectGarbage()
    const { totals } = summary
    job.progress(SUMMED, `Writing ${input.format.toUpperCase()}`)
    const { period } = input
    const data: ReportData = {
      ...{ summary, period, range, timezone, owner: owner.name, everyone, madeAt: new Date() },
    }
    const pages = counted(readJobs(snapshot, scope), (read) =>
      job.progress(SUMMED + (LISTED - SUMMED) * (read / Math.max(1, totals.jobs))),
    )
    const file = await storeResult({
      jobId,
      ownerId: owner.id,
      name: reportName(data, input.format),
      contentType: contentTypes[input.format],
      content: write(input.format, data, pages),
      signal,
    })
    job.log(`Made ${file.name} of ${totals.jobs} jobs: ${file.bytes} bytes`)
    return {
      fileId: file.id,
      format: input.format,
      bytes: file.bytes,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      timezone,
      ...totals,
    }
  })
}

function write(
  format: ReportFormat,
  data: ReportData,
  pages: AsyncIterable<ReportedJob[]>,
): Readable {
  switch (format) {
    case 'pdf':
      return writePdf(data)
    case 'xlsx':
      return writeXlsx(data, pages)
    case 'csv':
      return writeCsv(pages)
  }
}

/** Passes pages through, and says after each how many jobs there were so far. */
async function* counted(
  pages: AsyncIterable<ReportedJob[]>,
  say: (jobs: number) => void,
): AsyncGenerator<ReportedJob[]> {
  let jobs = 0
  for await (const page of pages) {
    yield page
    const before = jobs
    jobs += page.length
    say(jobs)
    if (Math.floor(jobs / COLLECT_EVERY) > Math.floor(before / COLLECT_EVERY)) collectGarbage()
  }
}
