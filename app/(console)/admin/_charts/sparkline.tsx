import classes from './charts.module.css'

const WIDTH = 96
const HEIGHT = 22
/** As many bars as can be told apart. */
const BARS = 24

/** A series at a glance. */
export function Sparkline({ values, label }: { values: number[]; label: string }) {
  const size = Math.ceil(values.length / BARS)
  const sums = Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size).reduce((sum, value) => sum + value, 0),
  )
  const most = Math.max(1, ...sums)
  const step = WIDTH / sums.length
  const bars = sums
    .map((sum, index) => {
      const height = sum === 0 ? 1 : Math.max(2, (sum / most) * HEIGHT)
      return `M${(index * step).toFixed(1)} ${HEIGHT}v-${height.toFixed(1)}h${(step - 1).toFixed(1)}V${HEIGHT}z`
    })
    .join('')
  return (
    <svg width={WIDTH} height={HEIGHT} className={classes.spark} role="img" aria-label={label}>
      <path d={bars} />
    </svg>
  )
}
