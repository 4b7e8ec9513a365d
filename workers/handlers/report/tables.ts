import { findDefinition } from '@/lib/jobs/catalog'
import type { Range } from '@/lib/reports/range'
import { momentWords, periodWords, rangeWords } from '@/lib/reports/words'
import type { Column, Table, Value } from './cell'
import type { FailureGroup } from './data/failures'
import type { Figures } from './data/figures'
import type { ReportedJob } from './data/jobs'
import type { SlowJob } from './data/slowest'
import type { ReportData } from './report-data'

/** A column, and what it shows of a row. */
type Read<Row> = readonly [
  title: string,
  kind: Column['kind'],
  width: number,
  of: (row: Row) => Value,
]

const columnsOf = <Row>(reads: readonly Read<Row>[]): Column[] =>
  reads.map(([title, kind, width]) => ({ title, kind, width }))

const valuesOf = <Row>(reads: readonly Read<Row>[], row: Row): Value[] =>
  reads.map(([, , , of]) => of(row))

function tableOf<Row>(name: string, reads: readonly Read<Row>[], rows: readonly Row[]): Table {
  return { name, columns: columnsOf(reads), rows: rows.map((row) => valuesOf(reads, row)) }
}

const figureReads: readonly Read<{ figures: Figures }>[] = [
  ['Jobs', 'count', 10, ({ figures }) => figures.jobs],
  ['Completed', 'count', 13, ({ figures }) => figures.completed],
  ['Failed', 'count', 9, ({ figures }) => figures.failed],
  ['Canceled', 'count', 12, ({ figures }) => figures.canceled],
  ['Open', 'count', 9, ({ figures }) => figures.open],
  ['Success rate', 'rate', 14, ({ figures }) => figures.successRate],
  ['Wait p50', 'milliseconds', 13, ({ figures }) => figures.waitP50Ms],
  ['Wait p95', 'milliseconds', 13, ({ figures }) => figures.waitP95Ms],
  ['Run p50', 'milliseconds', 13, ({ figures }) => figures.runP50Ms],
  ['Run p95', 'milliseconds', 13, ({ figures }) => figures.runP95Ms],
]

const periodTitles = { daily: 'Day', weekly: 'Week', monthly: 'Month' } as const

/** The name of the column, and of the table, of a report's pieces: `Day`, `By day`. */
export function periodTitle({ period }: ReportData): string {
  return periodTitles[period]
}

/** What the report is of, and its totals, one per line. */
export function summaryTable(data: ReportData): Table {
  const { range, timezone, owner, everyone, madeAt, summary } = data
  const about: Value[][] = [
    ['Range', rangeWords(range, timezone)],
    ['Time zone', timezone],
    ['Jobs of', everyone ? 'Everyone' : owner],
    ['Made', momentWords(madeAt, timezone)],
  ]
  const totals = figureReads.map(([title, , , of]) => [title, of({ figures: summary.totals })])
  return {
    name: 'Summary',
    columns: [
      { title: 'Figure', kind: 'text', width: 24 },
      { title: 'Value', kind: 'text', width: 40 },
    ],
    rows: [...about, ...totals],
    lastKinds: [...about.map(() => 'text' as const), ...figureReads.map(([, kind]) => kind)],
  }
}

export function typesTable({ summary }: ReportData): Table {
  const label = ({ type }: { type: string }) => findDefinition(type)?.label ?? type
  return tableOf('By type', [['Type', 'text', 18, label], ...figureReads], summary.types)
}

export function periodsTable(data: ReportData): Table {
  const title = periodTitle(data)
  const { summary, period, timezone } = data
  const words = ({ range }: { range: Range }) => periodWords(period, range, timezone)
  const reads = [[title, 'text', 20, words] as const, ...figureReads]
  return tableOf(`By ${title.toLowerCase()}`, reads, summary.periods)
}

const slowReads: readonly Read<SlowJob>[] = [
  ['Job', 'text', 44, (job) => job.title],
  ['Type', 'text', 12, (job) => job.type],
  ['Status', 'text', 12, (job) => job.status],
  ['Created', 'moment', 20, (job) => job.createdAt.getTime()],
  ['Attempts', 'count', 10, (job) => job.attempt],
  ['Waited', 'milliseconds', 11, (job) => job.waitMs],
  ['Ran', 'milliseconds', 11, (job) => job.runMs],
  ['Id', 'text', 38, (job) => job.id],
]

export function slowestTable({ summary }: ReportData): Table {
  return tableOf('Slowest jobs', slowReads, summary.slowest)
}

const failureReads: readonly Read<FailureGroup>[] = [
  ['Error', 'text', 60, (group) => group.message],
  ['Code', 'text', 22, (group) => group.code],
  ['Name', 'text', 14, (group) => group.name],
  ['Jobs', 'count', 9, (group) => group.jobs],
  ['First seen', 'moment', 20, (group) => group.firstSeen.getTime()],
  ['Last seen', 'moment', 20, (group) => group.lastSeen.getTime()],
]

export function failuresTable({ summary }: ReportData): Table {
  return tableOf('Failures', failureReads, summary.failures)
}

const jobReads: readonly Read<ReportedJob>[] = [
  ['Id', 'text', 38, (job) => job.id],
  ['Job', 'text', 44, (job) => job.title],
  ['Type', 'text', 12, (job) => job.type],
  ['Queue', 'text', 16, (job) => job.queue],
  ['Status', 'text', 12, (job) => job.status],
  ['Owner', 'text', 26, (job) => job.owner],
  ['Attempts', 'count', 10, (job) => job.attempt],
  ['Created', 'moment', 20, (job) => job.createdAt],
  ['Due', 'moment', 20, (job) => job.runAt],
  ['Started', 'moment', 20, (job) => job.startedAt],
  ['Finished', 'moment', 20, (job) => job.finishedAt],
  ['Waited', 'milliseconds', 11, (job) => job.waitMs],
  ['Ran', 'milliseconds', 11, (job) => job.runMs],
  ['Error code', 'text', 22, (job) => job.errorCode],
  ['Error', 'text', 60, (job) => job.errorMessage],
  ['Tags', 'text', 20, (job) => job.tags],
]

/** The columns of the list of jobs. */
export const jobColumns = columnsOf(jobReads)

/** A job's values, in the order of `jobColumns`. */
export const jobValues = (job: ReportedJob): Value[] => valuesOf(jobReads, job)
