import { countOf, formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { periodWords, rangeWords, rateWords } from '@/lib/reports/words'
import type { Figures } from '../data/figures'
import type { ReportData } from '../report-data'
import { periodTitle } from '../tables'
import { colors, type Paper } from './paper'

const periodAdjective = { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly' } as const

/** What the report is of. */
export function drawTitle(paper: Paper, data: ReportData): void {
  const { range, timezone, owner, everyone, period } = data
  const { left, width } = paper
  drawMark(paper, left + width - 28, paper.y)
  const room = width - 48
  const kind = `${periodAdjective[period]} jobs report`
  paper.text(kind, left, paper.y, { size: 9, color: colors.accent, bold: true, width: room })
  paper.text(rangeWords(range, timezone), left, paper.y + 14, { size: 20, bold: true, width: room })
  const subject = everyone ? `Everyone’s jobs, for ${owner}` : `Jobs of ${owner}`
  const line = `${subject}  ·  ${timezone} time`
  paper.text(line, left, paper.y + 41, { size: 9, color: colors.dim, width: room })
  paper.y += 66
}

const CARD_HEIGHT = 62
const CARD_GAP = 10

/** The figures one looks for first. */
export function drawCards(paper: Paper, totals: Figures): void {
  const { jobs, completed, failed, canceled, open, successRate } = totals
  const rest = open > 0 ? `${formatCount(open)} still open` : `${formatCount(canceled)} canceled`
  const cards = [
    { label: 'Jobs', value: formatCount(jobs), note: rest },
    {
      label: 'Success rate',
      value: rateWords(successRate),
      note: `${formatCount(completed)} completed`,
    },
    { label: 'Failed', value: formatCount(failed), note: 'for good', alarm: failed > 0 },
    {
      label: 'Waiting time',
      value: time(totals.waitP50Ms),
      note: within(totals.waitP95Ms),
    },
    {
      label: 'Run time',
      value: time(totals.runP50Ms),
      note: within(totals.runP95Ms),
    },
  ]
  const width = (paper.width - CARD_GAP * (cards.length - 1)) / cards.length
  for (const [index, { label, value, note, alarm }] of cards.entries()) {
    const x = paper.left + index * (width + CARD_GAP)
    const inner = { width: width - 20 }
    paper.doc.roundedRect(x, paper.y, width, CARD_HEIGHT, 4).fill(colors.surface)
    paper.text(label, x + 10, paper.y + 9, { size: 8, color: colors.dim, ...inner })
    const size = paper.widthOf(value, 17, true) <= inner.width ? 17 : 12
    const color = alarm ? colors.failed : colors.ink
    paper.text(value, x + 10, paper.y + 22 + (17 - size) / 2, { size, bold: true, color, ...inner })
    paper.text(note, x + 10, paper.y + 46, { size: 7, color: colors.dim, ...inner })
  }
  paper.y += CARD_HEIGHT + 14
}

/** The same in sentences. */
export function drawLead(paper: Paper, data: ReportData): void {
  paper.paragraph(sentences(data).join(' '), 9.5, colors.ink)
  paper.y += 18
}

function sentences(data: ReportData): string[] {
  const { jobs, successRate, failed, waitP50Ms, runP50Ms } = data.summary.totals
  if (jobs === 0) return ['No jobs were created in this time.']
  const made = `${countOf(jobs, 'job was', 'jobs were')} created in this time.`
  const rate =
    successRate === null
      ? 'None has come to an end yet.'
      : `Of those that ran to their end, ${rateWords(successRate)} succeeded${failed > 0 ? ` and ${formatCount(failed)} failed for good` : ''}.`
  const typical =
    waitP50Ms === null || runP50Ms === null
      ? []
      : [`A typical one waited ${time(waitP50Ms)} and ran ${time(runP50Ms)}.`]
  return [made, rate, ...typical, ...busiest(data)]
}

function busiest(data: ReportData): string[] {
  const { summary, period, timezone } = data
  if (summary.periods.length < 2) return []
  const most = summary.periods.reduce((a, b) => (b.figures.jobs > a.figures.jobs ? b : a))
  const name = periodWords(period, most.range, timezone)
  const unit = periodTitle(data).toLowerCase()
  return [`The busiest ${unit} was ${name}, with ${countOf(most.figures.jobs, 'job')}.`]
}

function within(p95: number | null): string {
  return p95 === null ? 'none yet' : `95 % within ${time(p95)}`
}

function time(milliseconds: number | null): string {
  return milliseconds === null ? '–' : formatDuration(milliseconds)
}

const PADDLES = [0, 45, 90, 135, 180, 225, 270, 315]

/** The mill wheel of the console. */
function drawMark({ doc }: Paper, x: number, y: number): void {
  doc
    .save()
    .translate(x, y)
    .scale(28 / 32)
  doc.lineWidth(2.2).lineCap('round').strokeColor(colors.accent).fillColor(colors.accent)
  doc.circle(16, 12, 7).stroke()
  for (const degrees of PADDLES) {
    doc
      .save()
      .rotate(degrees, { origin: [16, 12] })
      .moveTo(16, 5)
      .lineTo(16, 2)
      .stroke()
      .restore()
  }
  doc.path('M2 27c2.3-2.2 4.7-2.2 7 0s4.7 2.2 7 0 4.7-2.2 7 0 4.7 2.2 7 0').stroke()
  doc.circle(16, 12, 2.4).fill()
  doc.restore()
}
