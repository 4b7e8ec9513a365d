import { findDefinition } from '@/lib/jobs/catalog'
import type { Figures } from '@/lib/reports/figures'
import type { ReportedJob } from '@/lib/reports/jobs'
import { momentWords, periodWords, rangeWords } from '@/lib/reports/words'
import type { Column, Table, Value } from './cell'
import type { ReportData } from './report-data'

const figureColumns: Column[] = [
  { title: 'Jobs', kind: 'count', width: 10 },
  { title: 'Completed', kind: 'count', width: 13 },
  { title: 'Failed', kind: 'count', width: 9 },
  { title: 'Canceled', kind: 'count', width: 12 },
  { title: 'Open', kind: 'count', width: 9 },
  { title: 'Success rate', kind: 'rate', width: 14 },
  { title: 'Wait p50', kind: 'milliseconds', width: 13 },
  { title: 'Wait p95', kind: 'milliseconds', width: 13 },
  { title: 'Run p50', kind: 'milliseconds', width: 13 },
  { title: 'Run p95', kind: 'milliseconds', width: 13 },
]

const periodTitles = { daily: 'Day', weekly: 'Week', monthly: 'Month' } as const

/** The name of the column, and of the table, of a report's pieces: `Day`, `By day`. */
export function periodTitle({ period }: ReportData): string {
  return periodTitles[period]
}

/** What the report is of, and its totals, one per line. */
export function summaryTable(data: ReportData): Table {
  const { range, timezone, owner, everyone, madeAt, summary } = data
  const about = [
    ['Range', rangeWords(range, timezone)],
    ['Time zone', timezone],
    ['Jobs of', everyone ? 'Everyone' : owner],
    ['Made', momentWords(madeAt, timezone)],
  ]
  const values = figureValues(summary.totals)
  return {
    name: 'Summary',
    columns: [
      { title: 'Figure', kind: 'text', width: 24 },
      { title: 'Value', kind: 'text', width: 40 },
    ],
    rows: [...about, ...figureColumns.map(({ title }, index) => [title, values[index] ?? null])],
    lastKinds: [...about.map(() => 'text' as const), ...figureColumns.map(({ kind }) => kind)],
  }
}

export function typesTable({ summary }: ReportData): Table {
  const columns: Column[] = [{ title: 'Type', kind: 'text', width: 18 }, ...figureColumns]
  return {
    name: 'By type',
    columns,
    rows: summary.types.map(({ type, figures }) => [
      findDefinition(type)?.label ?? type,
      ...figureValues(figures),
    ]),
  }
}

export function periodsTable(data: ReportData): Table {
  const title = periodTitle(data)
  const { summary, period, timezone } = data
  const columns: Column[] = [{ title, kind: 'text', width: 20 }, ...figureColumns]
  return {
    name: `By ${title.toLowerCase()}`,
    columns,
    rows: summary.periods.map(({ range, figures }) => [
      periodWords(period, range, timezone),
      ...figureValues(figures),
    ]),
  }
}

export function slowestTable({ summary }: ReportData): Table {
  const columns: Column[] = [
    { title: 'Job', kind: 'text', width: 44 },
    { title: 'Type', kind: 'text', width: 12 },
    { title: 'Status', kind: 'text', width: 12 },
    { title: 'Created', kind: 'moment', width: 20 },
    { title: 'Attempts', kind: 'count', width: 10 },
    { title: 'Waited', kind: 'milliseconds', width: 11 },
    { title: 'Ran', kind: 'milliseconds', width: 11 },
    { title: 'Id', kind: 'text', width: 38 },
  ]
  return {
    name: 'Slowest jobs',
    columns,
    rows: summary.slowest.map((job) => {
      const { title, type, status, createdAt, attempt, waitMs, runMs, id } = job
      return [title, type, status, createdAt.getTime(), attempt, waitMs, runMs, id]
    }),
  }
}

export function failuresTable({ summary }: ReportData): Table {
  const columns: Column[] = [
    { title: 'Error', kind: 'text', width: 60 },
    { title: 'Code', kind: 'text', width: 22 },
    { title: 'Name', kind: 'text', width: 14 },
    { title: 'Jobs', kind: 'count', width: 9 },
    { title: 'First seen', kind: 'moment', width: 20 },
    { title: 'Last seen', kind: 'moment', width: 20 },
  ]
  return {
    name: 'Failures',
    columns,
    rows: summary.failures.map(({ message, code, name, jobs, firstSeen, lastSeen }) => [
      message,
      code,
      name,
      jobs,
      firstSeen.getTime(),
      lastSeen.getTime(),
    ]),
  }
}

/** The columns of the list of jobs. */
export const jobColumns: Column[] = [
  { title: 'Id', kind: 'text', width: 38 },
  { title: 'Job', kind: 'text', width: 44 },
  { title: 'Type', kind: 'text', width: 12 },
  { title: 'Queue', kind: 'text', width: 16 },
  { title: 'Status', kind: 'text', width: 12 },
  { title: 'Owner', kind: 'text', width: 26 },
  { title: 'Attempts', kind: 'count', width: 10 },
  { title: 'Created', kind: 'moment', width: 20 },
  { title: 'Due', kind: 'moment', width: 20 },
  { title: 'Started', kind: 'moment', width: 20 },
  { title: 'Finished', kind: 'moment', width: 20 },
  { title: 'Waited', kind: 'milliseconds', width: 11 },
  { title: 'Ran', kind: 'milliseconds', width: 11 },
  { title: 'Error code', kind: 'text', width: 22 },
  { title: 'Error', kind: 'text', width: 60 },
  { title: 'Tags', kind: 'text', width: 20 },
]

/** A job's values, in the order of `jobColumns`. */
export function jobValues(job: ReportedJob): Value[] {
  return [
    job.id,
    job.title,
    job.type,
    job.queue,
    job.status,
    job.owner,
    job.attempt,
    job.createdAt,
    job.runAt,
    job.startedAt,
    job.finishedAt,
    job.waitMs,
    job.runMs,
    job.errorCode,
    job.errorMessage,
    job.tags,
  ]
}

function figureValues(figures: Figures): Value[] {
  const { jobs, completed, failed, canceled, open, successRate } = figures
  const { waitP50Ms, waitP95Ms, runP50Ms, runP95Ms } = figures
  const counts = [jobs, completed, failed, canceled, open]
  return [...counts, successRate, waitP50Ms, waitP95Ms, runP50Ms, runP95Ms]
}
