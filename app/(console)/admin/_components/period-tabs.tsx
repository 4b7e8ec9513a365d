import Link from 'next/link'
import { type Period, periods } from '@/lib/metrics/periods'
import classes from '../admin.module.css'

const names: readonly Period[] = ['hour', 'day', 'week']

/** What a page looks back on. */
export function PeriodTabs({ path, period }: { path: string; period: Period }) {
  return (
    <nav aria-label="Period" className={classes.periods}>
      {names.map((name) => (
        <Link
          key={name}
          href={name === 'hour' ? path : `${path}?period=${name}`}
          aria-current={name === period ? 'page' : undefined}
          className={classes.period}
        >
          {periods[name].label}
        </Link>
      ))}
    </nav>
  )
}
