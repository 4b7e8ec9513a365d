import { formatCount } from '@/lib/format/count'
import type { ReportData } from '../report-data'
import { periodTitle } from '../tables'
import { drawFrame } from './chart-frame'
import { type Box, colors, type Paper } from './paper'
import { linearScale } from './scale'

const outcomes = [
  { key: 'completed', label: 'Completed', color: colors.accent },
  { key: 'failed', label: 'Failed', color: colors.failed },
  { key: 'canceled', label: 'Canceled', color: colors.canceled },
  { key: 'open', label: 'Open', color: colors.open },
] as const

const WIDEST_BAR = 36
/** So thin is what a bar leaves free between itself and the next. */
const SPACE = 0.22

/** What became of each period's jobs, as bars on each other. */
export function outcomesChart(paper: Paper, data: ReportData, box: Box): void {
  const { periods } = data.summary
  const scale = linearScale(Math.max(...periods.map(({ figures }) => figures.jobs)))
  const plot = drawFrame(paper, data, box, {
    title: `Jobs by ${periodTitle(data).toLowerCase()}`,
    legend: outcomes.map(({ label, color }) => ({ label, color })),
    scale,
    words: formatCount,
  })
  const slot = plot.width / periods.length
  const width = Math.min(WIDEST_BAR, slot * (1 - SPACE))
  for (const [index, { figures }] of periods.entries()) {
    const x = plot.x + (index + 0.5) * slot - width / 2
    let below = 0
    for (const { key, color } of outcomes) {
      const height = plot.height * scale.at(figures[key])
      if (height > 0) {
        paper.doc.rect(x, plot.y + plot.height - below - height, width, height).fill(color)
      }
      below += height
    }
  }
}
