import ui from '../ui/ui.module.css'
import classes from './job.module.css'

type Props = { percent: number; label: string; wide?: boolean }

/** How far a running job is. */
export function ProgressBar({ percent, label, wide = false }: Props) {
  const whole = Math.round(Math.min(100, Math.max(0, percent)))
  return (
    <span className={`${classes.progress} ${wide ? classes.wide : ''}`}>
      <span
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuenow={whole}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className={classes.bar} style={{ width: `${whole}%` }} />
      </span>
      <span className={ui.note}>{whole} %</span>
    </span>
  )
}
