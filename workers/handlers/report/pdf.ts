import type { Readable } from 'node:stream'
import { outcomesChart } from './pdf/outcomes-chart'
import { Paper } from './pdf/paper'
import { drawTable } from './pdf/table'
import { timesChart } from './pdf/times-chart'
import { drawCards, drawLead, drawTitle } from './pdf/title'
import type { ReportData } from './report-data'
import { failuresTable, periodsTable, periodTitle, slowestTable, typesTable } from './tables'

const BIG_CHART = 150
const SMALL_CHART = 118
const GAP = 20

/** A report to be sent to people: its figures and charts on the first page, its tables below. */
export function writePdf(data: ReportData): Readable {
  const paper = new Paper(data)
  drawTitle(paper, data)
  drawCards(paper, data.summary.totals)
  drawLead(paper, data)
  if (data.summary.totals.jobs > 0) drawCharts(paper, data)
  drawTable(paper, typesTable(data))
  drawTable(paper, failuresTable(data), { leave: ['Name', 'First seen'] })
  drawPeriods(paper, data)
  drawTable(paper, slowestTable(data), { leave: ['Id', 'Attempts'] })
  return paper.finish()
}

function drawCharts(paper: Paper, data: ReportData): void {
  const { left, width } = paper
  outcomesChart(paper, data, { x: left, y: paper.y, width, height: BIG_CHART })
  paper.y += BIG_CHART + GAP
  const half = (width - GAP) / 2
  const box = { y: paper.y, width: half, height: SMALL_CHART }
  timesChart(paper, data, { ...box, x: left }, 'wait')
  timesChart(paper, data, { ...box, x: left + half + GAP }, 'run')
  paper.y += SMALL_CHART + GAP
}

/** Years of days would fill a book with zeros. */
function drawPeriods(paper: Paper, data: ReportData): void {
  const { summary } = data
  const periods = summary.periods.filter(({ figures }) => figures.jobs > 0)
  const isShort = periods.length < summary.periods.length
  const note = `${periodTitle(data)}s without jobs are left out`
  const table = periodsTable({ ...data, summary: { ...summary, periods } })
  drawTable(paper, table, isShort ? { note } : {})
}
