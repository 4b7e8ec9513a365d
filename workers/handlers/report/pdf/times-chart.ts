import { formatDuration } from '@/lib/format/duration'
import type { Figures } from '../data/figures'
import type { ReportData } from '../report-data'
import { drawFrame } from './chart-frame'
import { type Box, colors, type Paper } from './paper'
import { type Scale, timeScale } from './scale'

const charts = {
  wait: { title: 'Waiting time', p50: 'waitP50Ms', p95: 'waitP95Ms' },
  run: { title: 'Run time', p50: 'runP50Ms', p95: 'runP95Ms' },
} as const

/** Most points that are marked one by one. */
const MAX_DOTS = 62

/** Median and 95th percentile of each period; a period without jobs breaks the line. */
export function timesChart(
  paper: Paper,
  data: ReportData,
  box: Box,
  which: keyof typeof charts,
): void {
  const { title, p50, p95 } = charts[which]
  const valuesOf = (key: keyof Figures) => data.summary.periods.map(({ figures }) => figures[key])
  const lines = [
    { values: valuesOf(p95), color: colors.accentLight },
    { values: valuesOf(p50), color: colors.accent },
  ]
  const known = lines.flatMap(({ values }) => values).filter((value) => value !== null)
  const scale = timeScale(known)
  const plot = drawFrame(paper, data, box, {
    title,
    legend: [
      { label: 'half within', color: colors.accent },
      { label: '95 % within', color: colors.accentLight },
    ],
    scale,
    words: formatDuration,
  })
  for (const { values, color } of lines) drawLine(paper, values, { plot, scale, color })
}

type Drawing = { plot: Box; scale: Scale; color: string }

function drawLine(paper: Paper, values: (number | null)[], { plot, scale, color }: Drawing): void {
  const { doc } = paper
  const slot = plot.width / values.length
  const points = values.map((value, index) =>
    value === null
      ? null
      : {
          x: plot.x + (index + 0.5) * slot,
          y: plot.y + plot.height * (1 - scale.at(value)),
        },
  )
  doc.lineWidth(1.4).lineJoin('round').strokeColor(color)
  for (const [index, point] of points.entries()) {
    const before = points[index - 1]
    if (point && before) doc.moveTo(before.x, before.y).lineTo(point.x, point.y).stroke()
  }
  for (const point of points) {
    if (point && points.length <= MAX_DOTS) doc.circle(point.x, point.y, 1.6).fill(color)
  }
}
