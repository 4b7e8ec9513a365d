import classes from './charts.module.css'
import type { Outcomes } from './outcome-bars'
import { barsPath } from './paths'
import { HEIGHT, type Scale, WIDTH } from './scale'

/** As many bars as can be told apart. */
const BARS = 24

/** What became of jobs at a glance: what failed is red, on top. */
export function Sparkline({ points, label }: { points: readonly Outcomes[]; label: string }) {
  const size = Math.ceil(points.length / BARS)
  const sums = Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size).reduce(
      (sum, { completed, failed, canceled }) => ({
        well: sum.well + completed + canceled,
        all: sum.all + completed + canceled + failed,
      }),
      { well: 0, all: 0 },
    ),
  )
  const well = sums.map((sum) => sum.well)
  const all = sums.map((sum) => sum.all)
  const most = Math.max(1, ...all)
  const scale: Scale = { y: (value) => HEIGHT * (1 - value / most), ticks: [] }
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={classes.spark}
      role="img"
      aria-label={label}
    >
      <path
        d={barsPath(
          well.map(() => 0),
          well,
          scale,
        )}
      />
      <path d={barsPath(well, all, scale)} data-status="failed" className={classes.bars} />
    </svg>
  )
}
