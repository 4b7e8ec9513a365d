import { axisWords } from '@/lib/reports/words'
import type { ReportData } from '../report-data'
import { type Box, colors, type Paper } from './paper'
import type { Scale } from './scale'

type Legend = { label: string; color: string }[]

const HEAD = 22
const FOOT = 14
const AXIS = 42
const LABEL_ROOM = 40

type Frame = {
  title: string
  legend: Legend
  scale: Scale
  /** A mark of the vertical axis in words. */
  words(value: number): string
}

/** Draws a chart's title, legend, and axes; where its values go. */
export function drawFrame(paper: Paper, data: ReportData, box: Box, frame: Frame): Box {
  const { title, legend, scale, words } = frame
  paper.text(title, box.x, box.y, { size: 9, bold: true })
  drawLegend(paper, legend, box)
  const plot = {
    x: box.x + AXIS,
    y: box.y + HEAD,
    width: box.width - AXIS,
    height: box.height - HEAD - FOOT,
  }
  const label = { size: 6.5, color: colors.dim, align: 'right', width: AXIS - 6 } as const
  for (const tick of scale.ticks) {
    const y = plot.y + plot.height * (1 - scale.at(tick))
    paper.line(plot.x, y, plot.x + plot.width, y, colors.hairline)
    paper.text(words(tick), box.x, y - 4, label)
  }
  drawPeriods(paper, data, plot)
  return plot
}

function drawLegend(paper: Paper, legend: Legend, { x, y, width }: Box): void {
  let right = x + width
  for (const { label, color } of [...legend].reverse()) {
    right -= paper.widthOf(label, 7)
    paper.text(label, right, y + 1.5, { size: 7, color: colors.dim })
    paper.doc.roundedRect(right - 10, y + 2.5, 6.5, 6.5, 1.5).fill(color)
    right -= 20
  }
}

/** As many names of periods as there is room for. */
function drawPeriods(paper: Paper, { summary, period, timezone }: ReportData, plot: Box): void {
  const ranges = summary.periods.map(({ range }) => range)
  const slot = plot.width / ranges.length
  const every = Math.max(1, Math.ceil(LABEL_ROOM / slot))
  const placed = { size: 6.5, color: colors.dim, width: LABEL_ROOM, align: 'center' } as const
  for (const [index, words] of axisWords(period, ranges, timezone).entries()) {
    if (index % every !== 0) continue
    const x = plot.x + (index + 0.5) * slot - LABEL_ROOM / 2
    paper.text(words, x, plot.y + plot.height + 4, placed)
  }
}
